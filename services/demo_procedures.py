"""The sample body's procedures as data: general wording, no articles, fees or days, which change and differ."""

CENTRE = "Trung tâm Phục vụ hành chính công"
PORTAL = "Cổng Dịch vụ công quốc gia"
ECONOMY = "Phòng Kinh tế của xã; Phòng Kinh tế, Hạ tầng và Đô thị của phường"
SOCIETY = "Phòng Văn hóa - Xã hội của UBND cấp xã"

# Code, name, where it is handed in, level, guide.
PROCEDURES = (
    (
        "HT-01", "Đăng ký khai sinh",
        CENTRE, "mot_phan",
        "Chuẩn bị giấy chứng sinh và giấy tờ tùy thân của cha, mẹ. Không có giấy chứng sinh thì có người làm chứng xác "
        f"nhận. Nộp tại trung tâm hoặc trên {PORTAL}.",
    ),
    (
        "HT-02", "Đăng ký lại khai sinh",
        CENTRE, "mot_phan",
        "Dùng khi cả bản chính giấy khai sinh và sổ hộ tịch đều không còn. Nếu sổ còn lưu, ông/bà chỉ cần xin bản sao "
        "trích lục.",
    ),
    (
        "HT-03", "Đăng ký khai tử",
        CENTRE, "mot_phan",
        "Chuẩn bị giấy báo tử hoặc giấy tờ thay thế và giấy tờ tùy thân của người đi khai. Nộp tại nơi cư trú cuối "
        "cùng của người đã mất.",
    ),
    (
        "HT-04", "Đăng ký kết hôn",
        CENTRE, "mot_phan",
        "Hai bên nam, nữ cùng có mặt khi nhận giấy. Chuẩn bị tờ khai và giấy tờ tùy thân; ai cư trú nơi khác thì thêm "
        "giấy xác nhận tình trạng hôn nhân nếu dữ liệu chưa có.",
    ),
    (
        "HT-05", "Cấp giấy xác nhận tình trạng hôn nhân",
        CENTRE, "toan_trinh",
        "Nộp tờ khai, ghi rõ mục đích dùng giấy. Người đã ly hôn hoặc có vợ, chồng đã mất thì kèm giấy tờ chứng minh.",
    ),
    (
        "HT-06", "Cấp bản sao trích lục hộ tịch",
        CENTRE, "toan_trinh",
        f"Nộp tờ khai tại trung tâm hoặc trên {PORTAL}; nên ghi năm và nơi đã đăng ký để tra cứu nhanh.",
    ),
    (
        "HT-07", "Thay đổi, cải chính, bổ sung thông tin hộ tịch",
        CENTRE, "mot_phan",
        "Chuẩn bị giấy tờ hộ tịch cần sửa và giấy tờ làm căn cứ cho nội dung đúng.",
    ),
    (
        "HT-08", "Đăng ký nhận cha, mẹ, con",
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai và chứng cứ về quan hệ cha con hoặc mẹ con. Các bên có mặt khi đăng ký.",
    ),
    (
        "HT-09", "Đăng ký giám hộ",
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai, giấy tờ chứng minh điều kiện giám hộ hoặc văn bản cử người giám hộ.",
    ),
    (
        "HT-10", "Đăng ký kết hôn có yếu tố nước ngoài",
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai và giấy tờ của bên nước ngoài đã hợp pháp hóa, dịch. Nên hỏi trước danh mục giấy tờ.",
    ),
    (
        "HT-11", "Đăng ký nuôi con nuôi trong nước",
        CENTRE, "mot_phan",
        "Chuẩn bị đơn, giấy tờ của người nhận và của trẻ. Hai bên có mặt khi đăng ký.",
    ),
    (
        "LT-01", "Liên thông khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi",
        CENTRE, "toan_trinh",
        f"Một bộ hồ sơ trên {PORTAL} cho cả ba việc; kết quả trả tại nơi đã chọn khi nộp.",
    ),
    (
        "CT-01", "Chứng thực bản sao từ bản chính",
        CENTRE, "mot_phan",
        "Mang bản chính; nơi tiếp nhận có thể chụp giúp. Bản chính phải không tẩy xóa, không hết hạn.",
    ),
    (
        "CT-02", "Chứng thực chữ ký",
        CENTRE, "",
        "Người yêu cầu ký trước mặt người tiếp nhận, mang theo giấy tờ tùy thân còn giá trị. Xin không ký trước.",
    ),
    (
        "CT-03", "Chứng thực hợp đồng, giao dịch, di chúc",
        CENTRE, "",
        "Các bên cùng có mặt, mang dự thảo hợp đồng, giấy tờ tùy thân và giấy tờ về tài sản.",
    ),
    (
        "KD-01", "Đăng ký thành lập hộ kinh doanh",
        CENTRE, "toan_trinh",
        "Chuẩn bị giấy đề nghị ghi tên hộ, địa chỉ, ngành nghề, vốn. Nghề có điều kiện thì phải đủ điều kiện trước khi "
        "hoạt động.",
    ),
    (
        "KD-02", "Thay đổi, tạm ngừng, chấm dứt hộ kinh doanh",
        CENTRE, "toan_trinh",
        "Nộp thông báo tại nơi đã đăng ký; khi chấm dứt phải hoàn thành nghĩa vụ thuế.",
    ),
    (
        "XD-01", "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        CENTRE, "mot_phan",
        "Chuẩn bị đơn, giấy tờ về quyền sử dụng đất và bản vẽ. Ở một số khu vực nhà ở được miễn giấy phép; xin hỏi "
        "trước khi khởi công.",
    ),
    (
        "XD-02", "Phản ánh xây dựng không phép, lấn chiếm",
        ECONOMY, "",
        "Cho biết địa điểm, thời gian; có ảnh thì càng tốt. Người phản ánh được giữ kín tên.",
    ),
    (
        "DD-01", "Đăng ký đất đai, cấp giấy chứng nhận lần đầu",
        CENTRE, "mot_phan",
        "Dành cho đất chưa từng có giấy chứng nhận. Chuẩn bị đơn và giấy tờ về nguồn gốc, quá trình sử dụng đất.",
    ),
    (
        "DD-02", "Chuyển mục đích sử dụng đất",
        CENTRE, "mot_phan",
        "Nộp đơn và giấy chứng nhận đã có. Việc cho phép theo quy hoạch, kế hoạch sử dụng đất.",
    ),
    (
        "DD-03", "Hòa giải tranh chấp đất đai",
        CENTRE, "",
        "Nộp đơn đề nghị hòa giải kèm giấy tờ về đất. UBND cấp xã tổ chức hòa giải giữa các bên.",
    ),
    (
        "NN-01", "Hỗ trợ sản xuất nông nghiệp bị thiên tai, dịch bệnh",
        ECONOMY, "",
        "Báo ngay trưởng thôn, trưởng khu phố và UBND cấp xã để kiểm tra, lập biên bản thiệt hại trước khi dọn dẹp.",
    ),
    (
        "NN-02", "Kê khai hoạt động chăn nuôi",
        ECONOMY, "mot_phan",
        "Kê khai loại, số lượng vật nuôi theo mẫu; khu vực không được phép chăn nuôi do tỉnh quy định.",
    ),
    (
        "HA-01", "Phản ánh đèn đường, điện chiếu sáng công cộng",
        ECONOMY, "",
        "Cho biết đoạn đường, số cột nếu có. Dây điện đứt, rơi thì xin tránh xa và báo ngay điện lực.",
    ),
    (
        "HA-02", "Phản ánh đường hỏng, cống tắc, ngập nước",
        ECONOMY, "",
        "Cho biết vị trí và mức độ; có ảnh thì càng tốt.",
    ),
    (
        "MT-01", "Phản ánh rác thải, ô nhiễm, tiếng ồn",
        ECONOMY, "",
        "Cho biết địa điểm, thời gian xảy ra, ai gây ra nếu biết. Người phản ánh được giữ kín tên.",
    ),
    (
        "CH-01", "Thuê điểm kinh doanh tại chợ",
        ECONOMY, "",
        "Liên hệ ban quản lý chợ; điểm kinh doanh được bố trí theo phương án đã công bố.",
    ),
    (
        "NC-01", "Chế độ người có công",
        CENTRE, "mot_phan",
        "Chuẩn bị bản khai và giấy tờ gốc về người có công. Phòng Văn hóa - Xã hội hướng dẫn từng chế độ.",
    ),
    (
        "BT-01", "Xác định mức độ khuyết tật",
        CENTRE, "mot_phan",
        "Nộp đơn kèm giấy tờ y tế nếu có. Hội đồng của UBND cấp xã xem xét và cấp giấy xác nhận.",
    ),
    (
        "BT-02", "Trợ cấp hưu trí xã hội",
        CENTRE, "mot_phan",
        "Dành cho người từ đủ 75 tuổi, hoặc từ đủ 70 tuổi nếu thuộc hộ nghèo, cận nghèo, không có lương hưu. Nộp văn "
        "bản đề nghị tại nơi cư trú.",
    ),
    (
        "BT-03", "Trợ cấp xã hội hằng tháng",
        CENTRE, "mot_phan",
        "Nộp tờ khai của đối tượng; Phòng Văn hóa - Xã hội kiểm tra điều kiện và báo kết quả.",
    ),
    (
        "BT-04", "Công nhận hộ nghèo, hộ cận nghèo",
        CENTRE, "mot_phan",
        "Nộp giấy đề nghị rà soát. Việc rà soát theo tiêu chí và được niêm yết công khai tại thôn, khu phố.",
    ),
    (
        "BT-05", "Hỗ trợ chi phí mai táng",
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai của người lo mai táng và giấy chứng tử của đối tượng được hỗ trợ.",
    ),
    (
        "TE-01", "Trợ giúp trẻ em có hoàn cảnh đặc biệt",
        SOCIETY, "",
        "Báo cho Phòng Văn hóa - Xã hội. Trẻ đang bị xâm hại, bạo lực thì gọi ngay 111.",
    ),
    (
        "GD-01", "Tuyển sinh, chuyển trường mầm non, tiểu học, trung học cơ sở",
        SOCIETY, "mot_phan",
        "Xem tuyến tuyển sinh được công bố mỗi năm; hồ sơ chuyển trường nộp tại trường nơi đến.",
    ),
    (
        "GD-02", "Miễn, giảm học phí, hỗ trợ chi phí học tập",
        SOCIETY, "mot_phan",
        "Nộp đơn tại trường đang học, kèm giấy tờ chứng minh thuộc đối tượng.",
    ),
    (
        "YT-01", "Tiêm chủng, khám bệnh tại trạm y tế",
        "Trạm Y tế của xã, phường", "",
        "Mang sổ tiêm chủng và giấy tờ của trẻ. Lịch tiêm do trạm y tế thông báo.",
    ),
    (
        "QS-01", "Đăng ký nghĩa vụ quân sự",
        "Ban Chỉ huy Quân sự của xã, phường", "",
        "Mang giấy tờ tùy thân; lý do tạm hoãn thì kèm giấy tờ chứng minh.",
    ),
    (
        "HS-01", "Tra cứu tình trạng hồ sơ, nộp hồ sơ trực tuyến",
        CENTRE, "",
        f"Tra cứu bằng mã hồ sơ trên {PORTAL}, hoặc hỏi nơi đã nộp. Hỗ trợ của Cổng: 18001096 (miễn phí).",
    ),
)  # fmt: skip
