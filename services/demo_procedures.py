"""The sample body's procedures as data: general wording, no articles, fees or days, which change and differ."""

CENTRE = "Trung tâm Phục vụ hành chính công"
PORTAL = "Cổng Dịch vụ công quốc gia"
ECONOMY = "Phòng Kinh tế của xã; Phòng Kinh tế, Hạ tầng và Đô thị của phường"
SOCIETY = "Phòng Văn hóa - Xã hội của UBND cấp xã"

# Code, name, keywords, where it is handed in, level, guide.
PROCEDURES = (
    (
        "HT-01", "Đăng ký khai sinh",
        ("khai sinh", "giấy khai sinh", "làm giấy khai sinh", "khai sinh cho con", "khai sinh cho cháu", "con mới sinh",
         "đăng ký khai sinh muộn", "khai sinh quá hạn"),
        CENTRE, "mot_phan",
        "Chuẩn bị giấy chứng sinh và giấy tờ tùy thân của cha, mẹ. Không có giấy chứng sinh thì có người làm chứng xác "
        f"nhận. Nộp tại trung tâm hoặc trên {PORTAL}.",
    ),
    (
        "HT-02", "Đăng ký lại khai sinh",
        ("làm lại giấy khai sinh", "mất giấy khai sinh", "đăng ký lại khai sinh", "xin cấp lại giấy khai sinh",
         "không có giấy khai sinh gốc"),
        CENTRE, "mot_phan",
        "Dùng khi cả bản chính giấy khai sinh và sổ hộ tịch đều không còn. Nếu sổ còn lưu, ông/bà chỉ cần xin bản sao "
        "trích lục.",
    ),
    (
        "HT-03", "Đăng ký khai tử",
        ("khai tử", "giấy khai tử", "giấy chứng tử", "báo tử", "người mất", "mới mất", "qua đời"),
        CENTRE, "mot_phan",
        "Chuẩn bị giấy báo tử hoặc giấy tờ thay thế và giấy tờ tùy thân của người đi khai. Nộp tại nơi cư trú cuối "
        "cùng của người đã mất.",
    ),
    (
        "HT-04", "Đăng ký kết hôn",
        ("kết hôn", "đăng ký kết hôn", "giấy kết hôn", "hôn thú", "lấy vợ", "lấy chồng", "làm đám cưới", "cưới"),
        CENTRE, "mot_phan",
        "Hai bên nam, nữ cùng có mặt khi nhận giấy. Chuẩn bị tờ khai và giấy tờ tùy thân; ai cư trú nơi khác thì thêm "
        "giấy xác nhận tình trạng hôn nhân nếu dữ liệu chưa có.",
    ),
    (
        "HT-05", "Cấp giấy xác nhận tình trạng hôn nhân",
        ("xác nhận độc thân", "giấy độc thân", "tình trạng hôn nhân", "xác nhận chưa kết hôn", "xác nhận hôn nhân",
         "giấy chứng nhận độc thân"),
        CENTRE, "toan_trinh",
        "Nộp tờ khai, ghi rõ mục đích dùng giấy. Người đã ly hôn hoặc có vợ, chồng đã mất thì kèm giấy tờ chứng minh.",
    ),
    (
        "HT-06", "Cấp bản sao trích lục hộ tịch",
        ("trích lục", "trích lục khai sinh", "bản sao khai sinh", "bản sao giấy khai sinh", "trích lục kết hôn",
         "trích lục khai tử", "sao lục"),
        CENTRE, "toan_trinh",
        f"Nộp tờ khai tại trung tâm hoặc trên {PORTAL}; nên ghi năm và nơi đã đăng ký để tra cứu nhanh.",
    ),
    (
        "HT-07", "Thay đổi, cải chính, bổ sung thông tin hộ tịch",
        ("cải chính hộ tịch", "cải chính khai sinh", "sửa khai sinh", "sai tên trong giấy khai sinh",
         "sai ngày sinh trong khai sinh", "đổi tên", "đổi họ", "xác định lại dân tộc", "sai năm sinh", "sai chữ đệm"),
        CENTRE, "mot_phan",
        "Chuẩn bị giấy tờ hộ tịch cần sửa và giấy tờ làm căn cứ cho nội dung đúng.",
    ),
    (
        "HT-08", "Đăng ký nhận cha, mẹ, con",
        ("nhận cha con", "nhận con", "nhận cha", "nhận mẹ", "xác nhận cha cho con", "con ngoài giá thú", "con riêng"),
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai và chứng cứ về quan hệ cha con hoặc mẹ con. Các bên có mặt khi đăng ký.",
    ),
    (
        "HT-09", "Đăng ký giám hộ",
        ("giám hộ", "người giám hộ", "cử người giám hộ", "giấy giám hộ"),
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai, giấy tờ chứng minh điều kiện giám hộ hoặc văn bản cử người giám hộ.",
    ),
    (
        "HT-10", "Đăng ký kết hôn có yếu tố nước ngoài",
        ("kết hôn với người nước ngoài", "lấy chồng nước ngoài", "lấy vợ nước ngoài", "lấy chồng đài loan",
         "lấy chồng hàn quốc", "kết hôn yếu tố nước ngoài", "ghi chú kết hôn"),
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai và giấy tờ của bên nước ngoài đã hợp pháp hóa, dịch. Nên hỏi trước danh mục giấy tờ.",
    ),
    (
        "HT-11", "Đăng ký nuôi con nuôi trong nước",
        ("nuôi con nuôi", "nhận con nuôi", "xin con nuôi", "đăng ký con nuôi"),
        CENTRE, "mot_phan",
        "Chuẩn bị đơn, giấy tờ của người nhận và của trẻ. Hai bên có mặt khi đăng ký.",
    ),
    (
        "LT-01", "Liên thông khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi",
        ("liên thông khai sinh", "khai sinh liên thông", "khai sinh và bảo hiểm y tế",
         "thẻ bảo hiểm y tế cho trẻ sơ sinh", "bảo hiểm y tế cho trẻ dưới 6 tuổi", "bảo hiểm y tế cho con mới sinh",
         "gộp khai sinh bảo hiểm nhập khẩu"),
        CENTRE, "toan_trinh",
        f"Một bộ hồ sơ trên {PORTAL} cho cả ba việc; kết quả trả tại nơi đã chọn khi nộp.",
    ),
    (
        "CT-01", "Chứng thực bản sao từ bản chính",
        ("chứng thực bản sao", "sao y", "sao y bản chính", "công chứng giấy tờ", "photo công chứng", "công chứng bằng",
         "công chứng căn cước", "bản sao công chứng", "chứng thực giấy tờ"),
        CENTRE, "mot_phan",
        "Mang bản chính; nơi tiếp nhận có thể chụp giúp. Bản chính phải không tẩy xóa, không hết hạn.",
    ),
    (
        "CT-02", "Chứng thực chữ ký",
        ("chứng thực chữ ký", "xác nhận chữ ký", "công chứng chữ ký", "xác nhận sơ yếu lý lịch", "sơ yếu lý lịch",
         "chứng thực sơ yếu lý lịch", "dấu giáp lai lý lịch", "xác nhận lý lịch", "giấy ủy quyền"),
        CENTRE, "",
        "Người yêu cầu ký trước mặt người tiếp nhận, mang theo giấy tờ tùy thân còn giá trị. Xin không ký trước.",
    ),
    (
        "CT-03", "Chứng thực hợp đồng, giao dịch, di chúc",
        ("chứng thực hợp đồng", "hợp đồng mua bán xe", "hợp đồng tặng cho", "chứng thực di chúc", "làm di chúc",
         "hợp đồng ủy quyền", "văn bản thừa kế", "phân chia di sản", "từ chối nhận di sản"),
        CENTRE, "",
        "Các bên cùng có mặt, mang dự thảo hợp đồng, giấy tờ tùy thân và giấy tờ về tài sản.",
    ),
    (
        "KD-01", "Đăng ký thành lập hộ kinh doanh",
        ("hộ kinh doanh", "đăng ký kinh doanh", "giấy phép kinh doanh", "mở quán", "mở cửa hàng", "mở tiệm",
         "mở tạp hóa", "thành lập hộ kinh doanh", "giấy đăng ký kinh doanh"),
        CENTRE, "toan_trinh",
        "Chuẩn bị giấy đề nghị ghi tên hộ, địa chỉ, ngành nghề, vốn. Nghề có điều kiện thì phải đủ điều kiện trước khi "
        "hoạt động.",
    ),
    (
        "KD-02", "Thay đổi, tạm ngừng, chấm dứt hộ kinh doanh",
        ("tạm ngừng kinh doanh", "nghỉ kinh doanh", "đóng cửa hàng", "chấm dứt hộ kinh doanh", "thay đổi hộ kinh doanh",
         "trả giấy phép kinh doanh", "đổi tên hộ kinh doanh", "hủy giấy phép kinh doanh", "ngừng kinh doanh"),
        CENTRE, "toan_trinh",
        "Nộp thông báo tại nơi đã đăng ký; khi chấm dứt phải hoàn thành nghĩa vụ thuế.",
    ),
    (
        "XD-01", "Cấp giấy phép xây dựng nhà ở riêng lẻ",
        ("giấy phép xây dựng", "xin phép xây nhà", "xây nhà", "xây dựng nhà ở", "phép xây dựng", "sửa nhà", "cất nhà",
         "xây thêm tầng", "làm nhà"),
        CENTRE, "mot_phan",
        "Chuẩn bị đơn, giấy tờ về quyền sử dụng đất và bản vẽ. Ở một số khu vực nhà ở được miễn giấy phép; xin hỏi "
        "trước khi khởi công.",
    ),
    (
        "XD-02", "Phản ánh xây dựng không phép, lấn chiếm",
        ("xây dựng không phép", "xây trái phép", "lấn chiếm vỉa hè", "lấn chiếm lòng đường", "lấn đất công",
         "xây lấn", "lấn chiếm"),
        ECONOMY, "",
        "Cho biết địa điểm, thời gian; có ảnh thì càng tốt. Người phản ánh được giữ kín tên.",
    ),
    (
        "DD-01", "Đăng ký đất đai, cấp giấy chứng nhận lần đầu",
        ("làm sổ đỏ", "sổ đỏ lần đầu", "cấp sổ đỏ", "cấp giấy chứng nhận quyền sử dụng đất", "làm bìa đỏ", "bìa đỏ",
         "đất chưa có sổ", "sổ hồng lần đầu", "đăng ký đất đai", "cấp giấy chứng nhận lần đầu"),
        CENTRE, "mot_phan",
        "Dành cho đất chưa từng có giấy chứng nhận. Chuẩn bị đơn và giấy tờ về nguồn gốc, quá trình sử dụng đất.",
    ),
    (
        "DD-02", "Chuyển mục đích sử dụng đất",
        ("chuyển mục đích sử dụng đất", "chuyển mục đích", "lên thổ cư", "chuyển đất vườn sang đất ở", "chuyển thổ cư",
         "đất ruộng lên thổ cư", "chuyển đổi đất"),
        CENTRE, "mot_phan",
        "Nộp đơn và giấy chứng nhận đã có. Việc cho phép theo quy hoạch, kế hoạch sử dụng đất.",
    ),
    (
        "DD-03", "Hòa giải tranh chấp đất đai",
        ("tranh chấp đất", "tranh chấp đất đai", "hòa giải đất đai", "hàng xóm lấn đất", "tranh chấp ranh giới",
         "tranh chấp lối đi", "hòa giải"),
        CENTRE, "",
        "Nộp đơn đề nghị hòa giải kèm giấy tờ về đất. UBND cấp xã tổ chức hòa giải giữa các bên.",
    ),
    (
        "NN-01", "Hỗ trợ sản xuất nông nghiệp bị thiên tai, dịch bệnh",
        ("hỗ trợ thiệt hại lúa", "lúa bị ngập", "hỗ trợ thiên tai", "dịch tả lợn", "lợn chết", "hỗ trợ dịch bệnh",
         "bão làm đổ", "mất mùa", "tiêu hủy lợn", "gà chết dịch", "hỗ trợ nông nghiệp"),
        ECONOMY, "",
        "Báo ngay trưởng thôn, trưởng khu phố và UBND cấp xã để kiểm tra, lập biên bản thiệt hại trước khi dọn dẹp.",
    ),
    (
        "NN-02", "Kê khai hoạt động chăn nuôi",
        ("kê khai chăn nuôi", "đăng ký chăn nuôi", "nuôi lợn", "nuôi gà", "mở trang trại", "chăn nuôi"),
        ECONOMY, "mot_phan",
        "Kê khai loại, số lượng vật nuôi theo mẫu; khu vực không được phép chăn nuôi do tỉnh quy định.",
    ),
    (
        "HA-01", "Phản ánh đèn đường, điện chiếu sáng công cộng",
        ("đèn đường", "đèn đường hỏng", "cháy bóng đèn đường", "đèn chiếu sáng", "đường tối không có đèn",
         "đèn cao áp", "bóng đèn đường"),
        ECONOMY, "",
        "Cho biết đoạn đường, số cột nếu có. Dây điện đứt, rơi thì xin tránh xa và báo ngay điện lực.",
    ),
    (
        "HA-02", "Phản ánh đường hỏng, cống tắc, ngập nước",
        ("đường hỏng", "ổ gà", "đường xấu", "sửa đường", "ngập đường", "cống tắc", "tắc cống", "thoát nước",
         "nắp cống", "đường ngập nước"),
        ECONOMY, "",
        "Cho biết vị trí và mức độ; có ảnh thì càng tốt.",
    ),
    (
        "MT-01", "Phản ánh rác thải, ô nhiễm, tiếng ồn",
        ("rác", "rác thải", "đổ rác bừa bãi", "thu gom rác", "ô nhiễm", "mùi hôi", "khói bụi", "tiếng ồn", "karaoke ồn",
         "hát karaoke", "loa kẹo kéo", "nước thải"),
        ECONOMY, "",
        "Cho biết địa điểm, thời gian xảy ra, ai gây ra nếu biết. Người phản ánh được giữ kín tên.",
    ),
    (
        "CH-01", "Thuê điểm kinh doanh tại chợ",
        ("thuê ki ốt chợ", "ki ốt chợ", "thuê sạp chợ", "sạp chợ", "điểm kinh doanh tại chợ", "chỗ bán hàng trong chợ",
         "quầy hàng trong chợ"),
        ECONOMY, "",
        "Liên hệ ban quản lý chợ; điểm kinh doanh được bố trí theo phương án đã công bố.",
    ),
    (
        "NC-01", "Chế độ người có công",
        ("người có công", "thương binh", "liệt sĩ", "chế độ thương binh", "trợ cấp liệt sĩ", "chất độc da cam",
         "bệnh binh", "thờ cúng liệt sĩ", "con liệt sĩ", "mẹ việt nam anh hùng", "mộ liệt sĩ"),
        CENTRE, "mot_phan",
        "Chuẩn bị bản khai và giấy tờ gốc về người có công. Phòng Văn hóa - Xã hội hướng dẫn từng chế độ.",
    ),
    (
        "BT-01", "Xác định mức độ khuyết tật",
        ("khuyết tật", "giấy khuyết tật", "xác định khuyết tật", "giám định khuyết tật", "xác nhận khuyết tật",
         "tàn tật"),
        CENTRE, "mot_phan",
        "Nộp đơn kèm giấy tờ y tế nếu có. Hội đồng của UBND cấp xã xem xét và cấp giấy xác nhận.",
    ),
    (
        "BT-02", "Trợ cấp hưu trí xã hội",
        ("hưu trí xã hội", "trợ cấp hưu trí xã hội", "trợ cấp người cao tuổi", "tiền người già", "trợ cấp 75 tuổi",
         "trợ cấp người già", "đủ 75 tuổi", "tiền cao tuổi"),
        CENTRE, "mot_phan",
        "Dành cho người từ đủ 75 tuổi, hoặc từ đủ 70 tuổi nếu thuộc hộ nghèo, cận nghèo, không có lương hưu. Nộp văn "
        "bản đề nghị tại nơi cư trú.",
    ),
    (
        "BT-03", "Trợ cấp xã hội hằng tháng",
        ("trợ cấp xã hội", "bảo trợ xã hội", "trợ cấp hằng tháng", "trợ cấp mẹ đơn thân", "trợ cấp đơn thân",
         "người cao tuổi cô đơn", "trợ cấp nuôi con nhỏ"),
        CENTRE, "mot_phan",
        "Nộp tờ khai của đối tượng; Phòng Văn hóa - Xã hội kiểm tra điều kiện và báo kết quả.",
    ),
    (
        "BT-04", "Công nhận hộ nghèo, hộ cận nghèo",
        ("hộ nghèo", "cận nghèo", "hộ cận nghèo", "sổ hộ nghèo", "xét hộ nghèo", "giấy chứng nhận hộ nghèo",
         "thoát nghèo"),
        CENTRE, "mot_phan",
        "Nộp giấy đề nghị rà soát. Việc rà soát theo tiêu chí và được niêm yết công khai tại thôn, khu phố.",
    ),
    (
        "BT-05", "Hỗ trợ chi phí mai táng",
        ("mai táng phí", "tiền mai táng", "hỗ trợ mai táng", "tiền tử tuất", "chi phí mai táng", "trợ cấp mai táng"),
        CENTRE, "mot_phan",
        "Chuẩn bị tờ khai của người lo mai táng và giấy chứng tử của đối tượng được hỗ trợ.",
    ),
    (
        "TE-01", "Trợ giúp trẻ em có hoàn cảnh đặc biệt",
        ("trẻ mồ côi", "trẻ em mồ côi", "hỗ trợ trẻ em", "trẻ bị bỏ rơi", "trẻ em có hoàn cảnh đặc biệt",
         "bảo vệ trẻ em"),
        SOCIETY, "",
        "Báo cho Phòng Văn hóa - Xã hội. Trẻ đang bị xâm hại, bạo lực thì gọi ngay 111.",
    ),
    (
        "GD-01", "Tuyển sinh, chuyển trường mầm non, tiểu học, trung học cơ sở",
        ("xin học", "chuyển trường", "tuyển sinh lớp 1", "vào lớp 1", "xin học mầm non", "nhập học", "trái tuyến",
         "tuyển sinh", "học mẫu giáo"),
        SOCIETY, "mot_phan",
        "Xem tuyến tuyển sinh được công bố mỗi năm; hồ sơ chuyển trường nộp tại trường nơi đến.",
    ),
    (
        "GD-02", "Miễn, giảm học phí, hỗ trợ chi phí học tập",
        ("miễn giảm học phí", "giảm học phí", "hỗ trợ học tập", "hỗ trợ chi phí học tập", "hỗ trợ tiền ăn trưa",
         "học phí", "tiền ăn bán trú"),
        SOCIETY, "mot_phan",
        "Nộp đơn tại trường đang học, kèm giấy tờ chứng minh thuộc đối tượng.",
    ),
    (
        "YT-01", "Tiêm chủng, khám bệnh tại trạm y tế",
        ("tiêm chủng", "tiêm vắc xin", "trạm y tế", "tiêm phòng", "khám bệnh ở trạm", "tiêm cho bé", "uống vitamin"),
        "Trạm Y tế của xã, phường", "",
        "Mang sổ tiêm chủng và giấy tờ của trẻ. Lịch tiêm do trạm y tế thông báo.",
    ),
    (
        "QS-01", "Đăng ký nghĩa vụ quân sự",
        ("nghĩa vụ quân sự", "đi nghĩa vụ", "tạm hoãn nghĩa vụ", "khám nghĩa vụ", "đi bộ đội", "giấy gọi nhập ngũ"),
        "Ban Chỉ huy Quân sự của xã, phường", "",
        "Mang giấy tờ tùy thân; lý do tạm hoãn thì kèm giấy tờ chứng minh.",
    ),
    (
        "HS-01", "Tra cứu tình trạng hồ sơ, nộp hồ sơ trực tuyến",
        ("tra cứu hồ sơ", "hồ sơ của tôi đến đâu", "hồ sơ đến đâu rồi", "bao giờ có kết quả", "nộp hồ sơ trực tuyến",
         "dịch vụ công trực tuyến", "nộp hồ sơ qua mạng", "giờ làm việc", "trễ hẹn trả hồ sơ", "dịch vụ công"),
        CENTRE, "",
        f"Tra cứu bằng mã hồ sơ trên {PORTAL}, hoặc hỏi nơi đã nộp. Hỗ trợ của Cổng: 18001096 (miễn phí).",
    ),
)  # fmt: skip
