"""What must go out: a durable queue, and the courier, the only caller of `Channel.send`."""
