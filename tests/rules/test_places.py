"""Whose place it is: sure where exactly one can be meant, offered where several can, asked where none is named."""

import pytest

from rules.places import MOST_OFFERED, PlaceIndex
from rules.words import Certainty
from tests.rules.hotline_figures import sample_directory

PLACES = sample_directory().places


def found(text: str) -> tuple[Certainty, set[str]]:
    match = PLACES.find(text)
    return match.certainty, {hit.unit for hit in match.hits}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Tôi ở xã Mẫu Thượng", "MTH"),
        ("toi o xa mau thuong", "MTH"),
        ("x.mẫu hạ", "MHA"),
        ("P. MẪU ĐÔNG", "MDO"),
        ("nhà em tt bến mẫu cũ", "BMA"),
        ("tdp chợ sáo", "MTR"),
        ("khu phố số 3", "MTR"),
        ("xã Mẫu Thượg", "MTH"),
        ("xa mauthuong", "MTH"),
        # The longest name wins.
        ("Tân Mẫu Thượng", "DMA"),
        # With its marks it is one of two that differ by them.
        ("thôn Đầm Sáo", "MDO"),
        ("thôn Đầm Sào", "MHA"),
        # Two names narrow each other down.
        ("khu pho 1 phuong mau dong", "MDO"),
        ("thon ha, xa mau thuong", "MTH"),
    ],
)
def test_one_place_is_sure(text: str, unit: str) -> None:
    assert found(text) == (Certainty.SURE, {unit})


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("xã Tân Diều", {"MTR", "MDO"}),
        ("thon dam sao", {"MDO", "MHA"}),
        ("xa co sem", {"BMA", "DMA"}),
        ("em ở xã Mẫu Hạ, chồng em ở phường Mẫu Đông", {"MHA", "MDO"}),
        # Other words, with the letters of a place: it is asked about, not taken.
        ("doi mau don the nao", {"DMA"}),
        # *Bán sim* or *bản Sim*: a short name counts with its own kind.
        ("co ban sim khong", {"DMA"}),
        # A slip in the longer name, or the shorter one exactly.
        ("xã Tâm Mẫu Thượng", {"DMA", "MTH"}),
    ],
)
def test_what_several_may_be_is_offered(text: str, units: set[str]) -> None:
    assert found(text) == (Certainty.OFFER, units)


@pytest.mark.parametrize(
    "text",
    ["xin chào", "tôi ở Hà Nội", "em tên Hạ", "thôn 7", "ấp Mới", "đổi mẫu đơn", "tôi muốn xin mẫu đơn đông y", ""],
)
def test_where_none_is_named_it_is_asked(text: str) -> None:
    assert found(text) == (Certainty.ASK, set())


def test_a_hit_names_the_place_as_the_directory_writes_it() -> None:
    assert [hit.place for hit in PLACES.find("nha o hoa say cu").hits] == ["xã Hòa Sậy", "xã Hòa Sậy"]


def test_of_too_many_none_is_offered() -> None:
    many = PlaceIndex([(number, "khu phố 1") for number in range(MOST_OFFERED + 1)])
    assert many.find("khu phố 1").certainty is Certainty.ASK
    assert PlaceIndex([(1, "khu phố 1")]).find("kp1").certainty is Certainty.SURE


def test_a_directory_without_places_finds_none() -> None:
    assert PlaceIndex[int]([]).find("xã Mẫu Hạ").certainty is Certainty.ASK
