"""The sample body's hotlines as data. Some places are claimed by two communes, some differ by one letter or mark."""

# Unit, telephone, leader, members, places: hamlets of today and communes of before the merger.
HOTLINES = (
    (
        "MTR", "0200 3000 101", "MTR01", ("MTR02", "MTR03", "MTR04"),
        (
            "khu phố 1", "khu phố 2", "khu phố 3", "khu phố 4", "khu phố Vườn Diều", "tổ dân phố Chợ Sáo",
            "phường Cầu Nghê", "phường Chợ Sáo", "xã Tân Diều",
        ),
    ),
    (
        "MDO", "0200 3000 102", "MDO01", ("MDO02", "MDO03", "MDO04"),
        (
            "khu phố 1", "khu phố 2", "khu phố Lò Gạch", "thôn Đầm Sáo", "thôn Hạ", "thôn Vạn Diều",
            "phường Đông Nghê", "xã Phú Lựu", "xã Tân Diều",
        ),
    ),
    (
        "MTH", "0200 3000 103", "MTH01", ("MTH02", "MTH03", "MTH04"),
        (
            "thôn Thượng", "thôn Hạ", "thôn Gò Sáo", "thôn Nà Bướm", "bản Pá Diều", "xã Lạc Sương",
            "xã Thượng Diều", "xã Hòa Sậy",
        ),
    ),
    (
        "MHA", "0200 3000 104", "MHA01", ("MHA02", "MHA03", "MHA04"),
        (
            "thôn Hạ", "thôn Đầm Sào", "xóm Chùa", "xóm Đình", "thôn Bãi Sen", "xã Kim Bướm", "xã Phú Nghê",
            "xã Hòa Sậy",
        ),
    ),
    (
        "BMA", "0200 3000 105", "BMA01", ("BMA02", "BMA03", "BMA04"),
        (
            "ấp 1", "ấp 2", "ấp 3", "ấp Cồn Sậy", "làng chài Sóng Sương", "thị trấn Bến Mẫu", "xã Cổ Sen",
            "xã Bãi Nghê",
        ),
    ),
    (
        "DMA", "0200 3000 106", "DMA01", ("DMA02", "DMA03", "DMA04"),
        (
            "xóm Chùa", "xóm Sim", "thôn Cổng Đồi", "bản Nà Sáo", "bản Khe Lựu", "xã Cổ Sim", "xã Tân Mẫu Thượng",
            "xã Đồi Lựu",
        ),
    ),
)  # fmt: skip
