"""A small table-driven state machine: what a thing may become is data that can be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rules.errors import N_, DomainError

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class TransitionError(DomainError):
    """The act does not fit the present state; fields ``state`` and ``action`` name both."""

    code = "transition"
    msgid = N_("This can no longer be done. Nothing was changed.")


@dataclass(frozen=True)
class Machine(Generic[S, A]):
    """States, and which action leads from which to which."""

    initial: frozenset[S]
    transitions: Mapping[tuple[S, A], S]

    @property
    def states(self) -> frozenset[S]:
        """Every state of the table."""
        sources = {state for state, _action in self.transitions}
        return self.initial | sources | set(self.transitions.values())

    @property
    def final(self) -> frozenset[S]:
        """States that nothing leaves."""
        return self.states - {state for state, _action in self.transitions}

    def actions(self, state: S) -> frozenset[A]:
        """What may be done in this state."""
        return frozenset(action for source, action in self.transitions if source == state)

    def allows(self, state: S, action: A) -> bool:
        """Whether it may be done in this state."""
        return (state, action) in self.transitions

    def next_state(self, state: S, action: A) -> S:
        """Where the action leads; raises TransitionError where it may not be done."""
        try:
            return self.transitions[state, action]
        except KeyError:
            raise TransitionError(state=state.value, action=action.value) from None

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, for the documents."""
        lines = ["stateDiagram-v2"]
        lines += [f"    [*] --> {state}" for state in sorted(self.initial)]
        lines += [f"    {source} --> {target}: {action}" for (source, action), target in self.transitions.items()]
        lines += [f"    {state} --> [*]" for state in sorted(self.final)]
        return "\n".join(lines) + "\n"
