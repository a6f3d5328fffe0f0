"""Signs of state secrets are refused (law 117/2025); work that only sounds alike is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.secrecy import HARMLESS, is_classified, is_classified_filename

CLASSIFIED = (
    "văn bản mật",
    "Văn bản MẬT",
    "VĂN BẢN MẬT",
    "Xin gửi tài liệu mật của Tỉnh ủy",
    "công văn mật số 12 của Công an tỉnh",
    "tài liệu mật số 05",
    "hồ sơ mật vụ án A",
    "tài liệu mật danh sách cán bộ",
    "tối mật",
    "Báo cáo (Tối mật) tháng 11",
    "TUYỆT MẬT",
    "tuyệt  mật",
    "độ mật: Mật",
    "Độ mật A",
    "đóng dấu mật",
    "có dấu mật",
    "nội dung mật",
    "thông tin mật về quốc phòng",
    "kế hoạch mật",
    "cuộc họp mật tại Quân khu",
    "Mật",
    "MẬT",
    "[MẬT] Kế hoạch diễn tập",
    "(Mật) phương án tác chiến",
    "Mật - Phương án A2",
    "Số 05/BC-UBND MẬT",
    "m ậ t",
    "M.Ậ.T",
    "t ố i  m ậ t",
    "văn\u200bbản\u200b mật",
    "văn  bản   mật",
    "tốimật",
    "có chứa bí mật nhà nước",
    "nội dung thuộc bí mật nhà nước",
    "tài liệu thuộc bí mật nhà nước",
    "làm lộ bí mật nhà nước",
    "dòng đầu bình thường\nTài liệu mật kèm theo",
    "tai lieu mat",
    "gui dong chi tai lieu mat ve quoc phong",
    "VAN BAN MAT",
    "van ban mat cua tinh",
    "cong van mat",
    "toi mat",
    "tai lieu toi mat",
    "Bao cao TOI MAT",
    "bao cao (toi mat)",
    "tuyet mat",
    "tuyetmat",
    "dong dau mat",
    "tai lieu bi mat nha nuoc",
)
ORDINARY = (
    "",
    "mật độ xây dựng của khu dân cư",
    "văn bản mật độ dân số",
    "BÁO CÁO MẬT ĐỘ XÂY DỰNG",
    "bảo vệ bí mật kinh doanh",
    "đổi mật khẩu hệ thống",
    "Tài liệu mật khẩu Wi-Fi phòng họp",
    "Hợp tác xã mật ong rừng",
    "tập huấn bảo vệ bí mật nhà nước",
    "Luật Bảo vệ bí mật nhà nước",
    "nội dung không thuộc bí mật nhà nước",
    "trừ các văn bản mật và hồ sơ, thủ tục của doanh nghiệp",
    "(trừ nội dung mật)",
    "quan hệ mật thiết",
    "kênh ruộng mật",
    "bỏ phiếu bí mật",
    "mổ sỏi mật, xin nghỉ",
    "an toàn, bảo mật thông tin",
    "có mặt đúng giờ",
    "vắng mặt",
    "Mặt trận Tổ quốc",
    "mất điện cả buổi chiều",
    "tôi mất điện thoại",
    "tối mai tôi về",
    "đau mắt",
    "mặt bằng sạch",
    "tuyết rơi",
    "bí quyết",
    "tài liệu mất trang",
    "bề mặt đường",
    "mát mẻ",
    "co mat dung gio",
    "vang mat",
    "Mat tran To quoc",
    "toi mat dien thoai",
    "van phong toi mat dien",
    "do toi mat xe",
    "dau mat do",
    "do mat dien",
    "mat do xay dung",
    "bi mat kinh doanh",
    "mat khau",
    "ho so mat roi",
    "tai lieu mat trang",
    "van ban mat roi",
    "noi dung mat nhieu thoi gian",
    "giai phong mat bang",
    "ra mat nong thon moi",
    "tap huan bao ve bi mat nha nuoc",
    "A B C D",
    "UBND T Ỉ N H",
)
CLASSIFIED_NAMES = (
    "Tài liệu mật.pdf",
    "tai_lieu_mat.pdf",
    "TaiLieuMat.docx",
    "tailieumat.pdf",
    "2026-bao-cao-toi-mat.docx",
    "TOI MAT 01.pdf",
    "tuyet-mat.zip",
    "Kế hoạch [MẬT].docx",
    "MẬT.pdf",
    "cong.van.mat.pdf",
    "VanBanMậtSố5.pdf",
    "BC tối mật tháng 11.docx",
)
ORDINARY_NAMES = (
    "mat-do-xay-dung.xlsx",
    "MatDoDanSo.xlsx",
    "mật độ xây dựng.dwg",
    "giai_phong_mat_bang.pdf",
    "danh sach vang mat.xlsx",
    "MatTranToQuoc.docx",
    "mật ong.jpg",
    "MAT.jpg",
    "luat-bao-ve-bi-mat-nha-nuoc.pdf",
    "IMG_20261121.jpg",
    "",
)


@pytest.mark.parametrize("text", CLASSIFIED)
def test_signs_of_a_secret_are_seen_in_either_unicode_form(text: str) -> None:
    assert is_classified(text)
    assert is_classified(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_not_refused(text: str) -> None:
    assert not is_classified(text)
    assert not is_classified(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", HARMLESS)
def test_every_harmless_word_passes_alone_and_in_capitals(text: str) -> None:
    assert not is_classified(text)
    assert not is_classified(text.upper())


@pytest.mark.parametrize("name", CLASSIFIED_NAMES)
def test_file_names_that_bear_a_grade_are_refused(name: str) -> None:
    assert is_classified_filename(name)


@pytest.mark.parametrize("name", ORDINARY_NAMES)
def test_ordinary_file_names_pass(name: str) -> None:
    assert not is_classified_filename(name)


@given(st.text(max_size=200))
def test_any_text_is_judged_without_failing(text: str) -> None:
    assert is_classified(text) in (True, False)
    assert is_classified_filename(text) in (True, False)


@given(st.sampled_from(CLASSIFIED), st.sampled_from(("Kính gửi đồng chí\n", "Vv họp. \n")))
def test_a_sign_on_any_line_is_enough(sign: str, before: str) -> None:
    assert is_classified(before + sign)
