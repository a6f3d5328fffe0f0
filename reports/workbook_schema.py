"""The sheets and columns of the workbook, declared as data: reading, template and explanations follow from this list.

Headings are matched without regard to case, diacritics and surrounding spaces.
"""

from dataclasses import dataclass

from reports.workbook_kinds import (
    CODE,
    CODES,
    DATE,
    DATETIME,
    DATETIME_OR_TIME,
    FLAG,
    NAMES,
    PHONE,
    TEXT,
    Kind,
    choice,
    choices,
)

UNIT_KINDS = {
    "lanh_dao": "Chủ tịch và các Phó Chủ tịch",
    "van_phong": "Văn phòng",
    "noi_vu": "cơ quan nội vụ",
    "chuyen_mon": "phòng, ban chuyên môn",
    "su_nghiep": "đơn vị sự nghiệp",
    "xa": "xã, phường",
    "khac": "khác",
}
RANKS = {"truong": "cấp trưởng", "pho": "cấp phó", "chuyen_vien": "chuyên viên"}
ROLES = {
    "chu_tich": "Chủ tịch",
    "pho_chu_tich": "Phó Chủ tịch",
    "chanh_van_phong": "Chánh Văn phòng",
    "van_phong": "cán bộ Văn phòng",
    "noi_vu": "cán bộ nội vụ",
    "thanh_vien_ubnd": "thành viên UBND",
    "quan_tri": "quản trị hệ thống",
}
MEETING_KINDS = {
    "thuong_ky": "phiên họp thường kỳ",
    "giao_ban": "giao ban",
    "chuyen_de": "chuyên đề",
    "hoi_nghi": "hội nghị",
}
PROGRAMME_STATES = {"phai_trinh": "phải trình", "da_trinh": "đã trình", "da_ban_hanh": "đã ban hành"}
SERVICE_LEVELS = {"toan_trinh": "dịch vụ công toàn trình", "mot_phan": "dịch vụ công một phần"}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `after` names the column of the same row that this one may not precede."""

    heading: str
    required: bool
    kind: Kind
    note: str
    example: str = ""
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; no two rows agree in all columns of the key."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    single_row: bool = False

    def column(self, heading: str) -> Column:
        return next(column for column in self.columns if column.heading == heading)


BODY = Sheet(
    "Cơ quan",
    (
        Column("Tên", True, TEXT, "Tên đầy đủ của cơ quan", "UBND phường Mẫu"),
        Column("Mã", True, CODE, "Mã của cơ quan", "UBND-MAU"),
        Column(
            "Gói quy định", False, CODE, "Mã gói quy định áp dụng; để trống là quy định chung của cả nước", "quoc-gia"
        ),
        Column(
            "Văn bản áp dụng",
            False,
            TEXT,
            "Văn bản của chính cơ quan ban hành quy định này",
            "Quyết định số 12/QĐ-UBND ngày 05/01/2026",
        ),
        Column("Tỉnh/Thành phố", False, TEXT, "Tỉnh hoặc thành phố", "tỉnh Mẫu"),
        Column("Cấp trên", False, TEXT, "Cơ quan cấp trên trực tiếp", "UBND tỉnh Mẫu"),
    ),
    single_row=True,
)
SWITCHES = Sheet(
    "Quy định",
    (
        Column("Khóa", True, CODE, "Tên công tắc trong gói quy định"),
        Column("Giá trị", True, TEXT, "Giá trị mới"),
        Column("Từ ngày", True, DATE, "Áp dụng từ ngày này", "01/01/2026"),
        Column("Căn cứ", False, TEXT, "Văn bản của cơ quan làm căn cứ thay đổi"),
    ),
    key=("Khóa", "Từ ngày"),
)
UNITS = Sheet(
    "Đơn vị",
    (
        Column("Mã", True, CODE, "Mã của đơn vị", "KT"),
        Column("Tên", True, TEXT, "Tên đầy đủ của đơn vị", "Phòng Kinh tế"),
        Column("Loại", True, choice(UNIT_KINDS), "Loại đơn vị", "chuyen_mon"),
    ),
    key=("Mã",),
)
PEOPLE = Sheet(
    "Cán bộ",
    (
        Column("Mã", True, CODE, "Mã của cán bộ, không đổi khi chuyển công tác", "CB012"),
        Column("Họ và tên", True, TEXT, "Họ và tên đầy đủ, có dấu", "Ngô Thị Thu"),
        Column("Chức vụ", True, TEXT, "Chức vụ hiện giữ", "Phó Trưởng phòng Kinh tế"),
        Column("Đơn vị", True, CODE, "Mã đơn vị", "KT"),
        Column("Cấp", True, choice(RANKS), "Cấp của chức vụ trong đơn vị", "pho"),
        Column("Vai trò", False, choices(ROLES), "Vai trò", "thanh_vien_ubnd"),
        Column("Điện thoại", False, PHONE, "Số điện thoại công vụ", "0912 345 678"),
        Column("Lĩnh vực", False, TEXT, "Lĩnh vực phụ trách", "tài chính, kế hoạch"),
        Column("Vị trí", False, CODE, "Mã vị trí công tác; để trống thì lấy mã của cán bộ", "PTP-KT-1"),
        Column("Từ ngày", False, DATE, "Giữ chức vụ từ ngày", "01/07/2025"),
        Column("Đến ngày", False, DATE, "Thôi giữ chức vụ sau ngày này", "", after="Từ ngày"),
    ),
    key=("Mã",),
)
DELEGATIONS = Sheet(
    "Ủy quyền",
    (
        Column("Người ủy quyền", True, CODE, "Mã cán bộ ủy quyền", "CB001"),
        Column("Người được ủy quyền", True, CODE, "Mã cán bộ quyết định thay", "CB002"),
        Column("Từ ngày", True, DATE, "Từ ngày này", "10/12/2026"),
        Column("Đến ngày", True, DATE, "Đến hết ngày này", "15/12/2026", after="Từ ngày"),
        Column("Văn bản", False, TEXT, "Văn bản ủy quyền"),
    ),
)
MEETINGS = Sheet(
    "Lịch họp",
    (
        Column("Mã", True, CODE, "Mã cuộc họp", "GB-2026-48"),
        Column("Tên", True, TEXT, "Tên cuộc họp", "Họp giao ban tuần"),
        Column("Loại", True, choice(MEETING_KINDS), "Loại cuộc họp", "giao_ban"),
        Column("Bắt đầu", True, DATETIME, "Ngày và giờ bắt đầu", "26/11/2026 14:00"),
        Column("Kết thúc", False, DATETIME_OR_TIME, "Giờ kết thúc", "16:30", after="Bắt đầu"),
        Column("Địa điểm", False, TEXT, "Nơi họp", "Phòng họp số 1"),
        Column("Chủ trì", True, TEXT, "Mã cán bộ chủ trì; nếu là người ngoài cơ quan thì ghi họ tên, chức vụ", "CB001"),
        Column("Cơ quan chuẩn bị", True, CODE, "Mã đơn vị chuẩn bị cuộc họp", "VP"),
        Column("Thành phần", True, CODES, "Mã đơn vị (mời người đứng đầu) và mã cán bộ", "KT, VHXH, CB012"),
        Column("Yêu cầu cấp trưởng", False, FLAG, "Ghi x nếu người đứng đầu phải trực tiếp dự", "x"),
        Column("Chuỗi họp", False, CODE, "Mã chung của các cuộc họp nối tiếp nhau về một nội dung", "GB"),
    ),
    key=("Mã",),
)
AGENDA = Sheet(
    "Nội dung trình",
    (
        Column("Mã", True, CODE, "Mã nội dung", "ND01"),
        Column("Cuộc họp", True, CODE, "Mã cuộc họp", "GB-2026-48"),
        Column("Nội dung", True, TEXT, "Nội dung trình"),
        Column("Đơn vị trình", True, CODE, "Mã đơn vị trình", "KT"),
        Column("Đơn vị cho ý kiến", False, CODES, "Mã các đơn vị phải cho ý kiến trước", "VP, VHXH"),
    ),
    key=("Mã",),
)
TASKS = Sheet(
    "Nhiệm vụ",
    (
        Column("Mã", True, CODE, "Mã nhiệm vụ", "NV-2026-015"),
        Column("Nội dung", True, TEXT, "Việc phải làm"),
        Column("Người thực hiện", True, CODE, "Mã cán bộ thực hiện", "CB012"),
        Column("Kết quả", True, TEXT, "Sản phẩm phải có", "Báo cáo"),
        Column("Hạn", True, DATE, "Hạn hoàn thành", "15/12/2026"),
        Column("Người chịu trách nhiệm", True, CODE, "Mã cán bộ chịu trách nhiệm", "CB010"),
        Column("Người giao", False, CODE, "Mã cán bộ giao việc", "CB001"),
        Column("Đơn vị phối hợp", False, CODES, "Mã các đơn vị phối hợp", "VP, VHXH"),
        Column("Nhận lúc", False, DATETIME, "Ngày và giờ nhận nhiệm vụ", "20/11/2026 16:55"),
        Column("Số văn bản", False, TEXT, "Văn bản giao nhiệm vụ", "288/UBND-VP"),
        Column(
            "Nội dung chương trình",
            False,
            CODE,
            "Mã nội dung chương trình công tác, nếu việc này là một bước trong kế hoạch chi tiết của nội dung đó",
        ),
    ),
    key=("Mã",),
)
PROGRAMME = Sheet(
    "Chương trình công tác",
    (
        Column("Mã", True, CODE, "Mã nội dung", "CT-2026-07"),
        Column("Nội dung", True, TEXT, "Nội dung trong chương trình công tác"),
        Column("Đơn vị trình", True, CODE, "Mã đơn vị trình", "KT"),
        Column("Hạn trình", True, DATE, "Hạn trình", "20/12/2026"),
        Column("Cấp trình", False, TEXT, "Trình cấp nào", "UBND"),
        Column("Trạng thái", False, choice(PROGRAMME_STATES), "Trạng thái", "phai_trinh"),
        Column("Ngày trình", False, DATE, "Ngày đã trình", "18/12/2026"),
    ),
    key=("Mã",),
)
HOTLINES = Sheet(
    "Đường dây nóng",
    (
        Column("Đơn vị", True, CODE, "Mã đơn vị", "P-MAU"),
        Column("Số điện thoại", True, PHONE, "Số đường dây nóng", "0222 3 123 456"),
        Column("Tổ trưởng", True, CODE, "Mã cán bộ tổ trưởng", "CB030"),
        Column("Thành viên", True, CODES, "Mã các cán bộ trong tổ", "CB031, CB032"),
        Column("Địa bàn", False, NAMES, "Tên các địa bàn, kể cả tên trước sáp nhập", "khu phố 1, xã Mẫu Cũ"),
    ),
    key=("Đơn vị",),
)
PROCEDURES = Sheet(
    "Thủ tục",
    (
        Column("Mã", True, CODE, "Mã thủ tục", "1.000894"),
        Column("Tên", True, TEXT, "Tên thủ tục", "Đăng ký kết hôn"),
        Column("Từ khóa", False, NAMES, "Những từ người dân hay dùng", "kết hôn, đăng ký kết hôn"),
        Column("Nơi tiếp nhận", False, TEXT, "Nơi nhận hồ sơ", "Trung tâm Phục vụ hành chính công"),
        Column("Mức độ", False, choice(SERVICE_LEVELS), "Mức độ dịch vụ công trực tuyến", "toan_trinh"),
        Column("Hướng dẫn", False, TEXT, "Hướng dẫn ngắn cho người dân"),
    ),
    key=("Mã",),
)

SHEETS = (BODY, SWITCHES, UNITS, PEOPLE, DELEGATIONS, MEETINGS, AGENDA, TASKS, PROGRAMME, HOTLINES, PROCEDURES)
GUIDE = "Hướng dẫn"
