"""The sample body's procedures in the words of citizens, as the column `Từ khóa` holds them."""

KEYWORDS = {
    "HT-01": (
        "khai sinh, giấy khai sinh, làm giấy khai sinh, khai sinh cho con, khai sinh cho cháu, con mới sinh, đăng "
        "ký khai sinh muộn, khai sinh quá hạn, làm khai sinh, bé mới sinh, mới đẻ, sinh em bé"
    ),
    "HT-02": (
        "làm lại giấy khai sinh, mất giấy khai sinh, đăng ký lại khai sinh, xin cấp lại giấy khai sinh, không có "
        "giấy khai sinh gốc, khai sinh bản chính bị mất, giấy khai sinh bị rách, giấy khai sinh hỏng, cấp lại "
        "khai sinh, khai sinh xin cấp lại"
    ),
    "HT-03": "khai tử, giấy khai tử, giấy chứng tử, báo tử, người mất, mới mất, qua đời, cụ mất, đã mất",
    "HT-04": "kết hôn, đăng ký kết hôn, giấy kết hôn, hôn thú, lấy vợ, lấy chồng, làm đám cưới, cưới",
    "HT-05": (
        "xác nhận độc thân, giấy độc thân, tình trạng hôn nhân, xác nhận chưa kết hôn, xác nhận hôn nhân, giấy "
        "chứng nhận độc thân, còn độc thân, giấy xác nhận hôn nhân"
    ),
    "HT-06": (
        "trích lục, trích lục khai sinh, bản sao khai sinh, bản sao giấy khai sinh, trích lục kết hôn, trích lục "
        "khai tử, sao lục, cấp bản sao khai sinh"
    ),
    "HT-07": (
        "cải chính hộ tịch, cải chính khai sinh, sửa khai sinh, sai tên trong giấy khai sinh, sai ngày sinh trong "
        "khai sinh, đổi tên, đổi họ, xác định lại dân tộc, sai năm sinh, sai chữ đệm, ghi nhầm, nhầm tên, sai "
        "tên, sai giới tính, nhầm ngày sinh, bỏ chữ đệm, đổi chữ lót, tên đệm, sai họ, sửa tên, khai sinh ghi "
        "sai, khai sinh ghi nhầm, sửa giấy khai sinh, khai sinh sai, đổi dân tộc, sai chính tả, viết sai tên, "
        "khai sinh viết sai, sai quê quán, bổ sung khai sinh"
    ),
    "HT-08": "nhận cha con, nhận con, nhận cha, nhận mẹ, xác nhận cha cho con, con ngoài giá thú, con riêng",
    "HT-09": "giám hộ, người giám hộ, cử người giám hộ, giấy giám hộ",
    "HT-10": (
        "kết hôn với người nước ngoài, lấy chồng nước ngoài, lấy vợ nước ngoài, lấy chồng đài loan, lấy chồng hàn "
        "quốc, kết hôn yếu tố nước ngoài, ghi chú kết hôn, vợ người lào, chồng người nước ngoài, vợ người nước "
        "ngoài, chồng trung quốc, lấy người nước ngoài, chồng mỹ, lấy việt kiều, lấy vợ người, lấy chồng người"
    ),
    "HT-11": "nuôi con nuôi, nhận con nuôi, xin con nuôi, đăng ký con nuôi, xin con về nuôi",
    "LT-01": (
        "liên thông khai sinh, khai sinh liên thông, khai sinh và bảo hiểm y tế, thẻ bảo hiểm y tế cho trẻ sơ "
        "sinh, bảo hiểm y tế cho trẻ dưới 6 tuổi, bảo hiểm y tế cho con mới sinh, gộp khai sinh bảo hiểm nhập "
        "khẩu"
    ),
    "CT-01": (
        "chứng thực bản sao, sao y, sao y bản chính, công chứng giấy tờ, photo công chứng, công chứng bằng, công "
        "chứng căn cước, bản sao công chứng, chứng thực giấy tờ, phô tô công chứng, công chứng học bạ, chứng thực "
        "học bạ, công chứng sổ đỏ, sao y chứng thực, công chứng khai sinh, công chứng bản sao, sao y giấy tờ, "
        "công chứng hộ khẩu"
    ),
    "CT-02": (
        "chứng thực chữ ký, xác nhận chữ ký, công chứng chữ ký, xác nhận sơ yếu lý lịch, sơ yếu lý lịch, chứng "
        "thực sơ yếu lý lịch, dấu giáp lai lý lịch, xác nhận lý lịch, giấy ủy quyền, xác nhận đơn xin việc, xác "
        "nhận chữ ký đơn, ký trước mặt cán bộ"
    ),
    "CT-03": (
        "chứng thực hợp đồng, hợp đồng mua bán xe, hợp đồng tặng cho, chứng thực di chúc, làm di chúc, hợp đồng "
        "ủy quyền, chia thừa kế, thừa kế, phân chia di sản, từ chối nhận di sản, hợp đồng thuê nhà, hợp đồng cho "
        "thuê, hợp đồng đặt cọc, hợp đồng vay, lập di chúc, bán xe máy, mua bán xe, giấy bán xe, hợp đồng góp vốn"
    ),
    "KD-01": (
        "hộ kinh doanh, đăng ký kinh doanh, giấy phép kinh doanh, mở quán, mở cửa hàng, mở tiệm, mở tạp hóa, "
        "thành lập hộ kinh doanh, giấy đăng ký kinh doanh, mở salon, buôn bán nhỏ, bán hàng ăn, bán hàng online, "
        "mở xưởng, mở quán ăn, mở shop, giấy phép bán, bán bia rượu, mở quán cà phê, mở nhà nghỉ, mở gara"
    ),
    "KD-02": (
        "tạm ngừng kinh doanh, nghỉ kinh doanh, đóng cửa hàng, chấm dứt hộ kinh doanh, thay đổi hộ kinh doanh, "
        "trả giấy phép kinh doanh, đổi tên hộ kinh doanh, hủy giấy phép kinh doanh, ngừng kinh doanh, đổi chủ hộ "
        "kinh doanh, sang tên giấy phép kinh doanh, sang tên hộ kinh doanh, đổi người đứng tên giấy phép, đứng "
        "tên giấy phép, đổi địa chỉ kinh doanh, hộ kinh doanh đổi ngành nghề, đổi ngành nghề kinh doanh, bổ sung "
        "ngành nghề, giải thể hộ kinh doanh"
    ),
    "XD-01": (
        "giấy phép xây dựng, xin phép xây nhà, xây nhà, xây dựng nhà ở, phép xây dựng, sửa nhà, cất nhà, xây thêm "
        "tầng, làm nhà, gia hạn giấy phép xây dựng, bản vẽ xây nhà, xây tường rào, nhà tiền chế, nhà cấp 4, nâng "
        "tầng, xin phép xây, cất căn nhà, xây trọ"
    ),
    "XD-02": (
        "xây dựng không phép, xây trái phép, lấn chiếm vỉa hè, lấn chiếm lòng đường, lấn đất công, xây lấn, lấn "
        "chiếm, lấn ra đường, hàng rào lấn, cơi nới, chiếm vỉa hè, lấn vỉa hè, chiếm đường, bán hàng vỉa hè"
    ),
    "DD-01": (
        "sổ đỏ, làm sổ đỏ, sổ đỏ lần đầu, cấp sổ đỏ, cấp giấy chứng nhận quyền sử dụng đất, làm bìa đỏ, bìa đỏ, "
        "đất chưa có sổ, sổ hồng lần đầu, đăng ký đất đai, cấp giấy chứng nhận lần đầu, được cấp sổ, làm sổ, ra sổ đỏ, "
        "chưa có sổ đỏ, đất khai hoang, sổ hồng, chưa được cấp sổ, cấp sổ"
    ),
    "DD-02": (
        "chuyển mục đích sử dụng đất, chuyển mục đích, lên thổ cư, chuyển đất vườn sang đất ở, chuyển thổ cư, đất "
        "ruộng lên thổ cư, chuyển đổi đất, chuyển thành đất ở, chuyển sang đất ở, đất nông nghiệp sang đất ở, lên "
        "đất ở, đất nông nghiệp thành đất ở, chuyển đất ruộng, đất vườn"
    ),
    "DD-03": (
        "tranh chấp đất, tranh chấp đất đai, hòa giải đất đai, hàng xóm lấn đất, tranh chấp ranh giới, tranh chấp "
        "lối đi, hòa giải, lấn ranh, mốc giới, tranh chấp"
    ),
    "NN-01": (
        "hỗ trợ thiệt hại lúa, lúa bị ngập, hỗ trợ thiên tai, dịch tả lợn, lợn chết, hỗ trợ dịch bệnh, bão làm "
        "đổ, mất mùa, tiêu hủy lợn, gà chết dịch, hỗ trợ nông nghiệp, trâu bò chết, chết rét, thiệt hại do bão, "
        "bò chết, vịt chết, mưa đá, hạn hán, hoa màu, đền bù thiệt hại, trôi hết lúa, cá chết, ngập hết lúa, xả "
        "lũ, chết hàng loạt"
    ),
    "NN-02": (
        "kê khai chăn nuôi, đăng ký chăn nuôi, nuôi lợn, nuôi gà, mở trang trại, chăn nuôi, nuôi bò, nuôi trâu, "
        "nuôi vịt, nuôi lợn thịt"
    ),
    "HA-01": (
        "đèn đường, đèn đường hỏng, cháy bóng đèn đường, đèn chiếu sáng, đường tối không có đèn, đèn cao áp, bóng "
        "đèn đường, cột đèn, đèn ngõ, tối om, tối thui, đèn không sáng, điện đường, đèn công cộng, đèn hỏng"
    ),
    "HA-02": (
        "đường hỏng, ổ gà, đường xấu, sửa đường, ngập đường, cống tắc, tắc cống, thoát nước, nắp cống, đường ngập "
        "nước, ổ voi, đường lầy, mặt đường, đường sụt, cầu hỏng, hố ga, kênh mương, ngập lênh láng, cống không "
        "thoát nước, mưa là ngập, nước không thoát, vỡ đường"
    ),
    "MT-01": (
        "rác, rác thải, đổ rác bừa bãi, thu gom rác, ô nhiễm, mùi hôi, khói bụi, tiếng ồn, karaoke ồn, hát "
        "karaoke, loa kẹo kéo, nước thải, karaoke ầm ĩ, ồn ào, ầm ĩ, đốt rác, khói, hôi thối, mùi thối, bãi rác, "
        "xả thải, mất vệ sinh, bốc mùi, khét, hôi quá"
    ),
    "CH-01": (
        "thuê ki ốt chợ, ki ốt chợ, thuê sạp chợ, sạp chợ, điểm kinh doanh tại chợ, chỗ bán hàng trong chợ, quầy "
        "hàng trong chợ"
    ),
    "NC-01": (
        "người có công, thương binh, liệt sĩ, chế độ thương binh, trợ cấp liệt sĩ, chất độc da cam, bệnh binh, "
        "thờ cúng liệt sĩ, con liệt sĩ, mẹ việt nam anh hùng, mộ liệt sĩ, vợ liệt sĩ, gia đình chính sách, huân "
        "chương kháng chiến, thanh niên xung phong, tù đày"
    ),
    "BT-01": (
        "khuyết tật, giấy khuyết tật, xác định khuyết tật, giám định khuyết tật, xác nhận khuyết tật, tàn tật, tự "
        "kỷ, bại liệt, tâm thần"
    ),
    "BT-02": (
        "hưu trí xã hội, trợ cấp hưu trí xã hội, trợ cấp người cao tuổi, tiền người già, trợ cấp 75 tuổi, trợ cấp "
        "người già, 75 tuổi, không có lương hưu, tiền cao tuổi, cụ già, 76 tuổi, 80 tuổi, 85 tuổi, tiền tuổi già, "
        "lương người già, người cao tuổi, 79 tuổi, tiền cụ già"
    ),
    "BT-03": (
        "trợ cấp xã hội, bảo trợ xã hội, trợ cấp hằng tháng, trợ cấp mẹ đơn thân, trợ cấp đơn thân, người cao "
        "tuổi cô đơn, trợ cấp nuôi con nhỏ, neo đơn, trẻ dưới 3 tuổi, đơn thân nuôi con, tiền trợ cấp, không nơi "
        "nương tựa"
    ),
    "BT-04": (
        "hộ nghèo, cận nghèo, hộ cận nghèo, sổ hộ nghèo, xét hộ nghèo, giấy chứng nhận hộ nghèo, thoát nghèo, rà "
        "soát hộ nghèo, diện hộ nghèo, gia đình khó khăn, hoàn cảnh khó khăn"
    ),
    "BT-05": (
        "mai táng phí, tiền mai táng, hỗ trợ mai táng, tiền tử tuất, chi phí mai táng, trợ cấp mai táng, tiền "
        "chôn cất, phí mai táng"
    ),
    "TE-01": (
        "trẻ mồ côi, trẻ em mồ côi, hỗ trợ trẻ em, trẻ bị bỏ rơi, trẻ em có hoàn cảnh đặc biệt, bảo vệ trẻ em, "
        "trẻ lang thang, mồ côi"
    ),
    "GD-01": (
        "xin học, chuyển trường, tuyển sinh lớp 1, vào lớp 1, xin học mầm non, nhập học, trái tuyến, tuyển sinh, "
        "học mẫu giáo, xin vào trường, xin vào mầm non, tuyển sinh lớp 6, vào lớp 6, đi học mẫu giáo"
    ),
    "GD-02": (
        "miễn giảm học phí, giảm học phí, hỗ trợ học tập, hỗ trợ chi phí học tập, hỗ trợ tiền ăn trưa, học phí, "
        "tiền ăn bán trú, hỗ trợ tiền học, học sinh dân tộc, tiền học, hỗ trợ học sinh"
    ),
    "YT-01": (
        "tiêm chủng, tiêm vắc xin, trạm y tế, tiêm phòng, khám bệnh ở trạm, tiêm cho bé, uống vitamin, lịch tiêm, "
        "vắc xin, sổ tiêm, mũi tiêm"
    ),
    "QS-01": (
        "nghĩa vụ quân sự, đi nghĩa vụ, tạm hoãn nghĩa vụ, khám nghĩa vụ, đi bộ đội, giấy gọi nhập ngũ, trốn "
        "nghĩa vụ, nhập ngũ, dân quân, hoãn nghĩa vụ, hoãn đi lính, đi lính, lao động chính tạm hoãn, khám tuyển"
    ),
    "HS-01": (
        "tra cứu hồ sơ, hồ sơ của tôi đến đâu, hồ sơ đến đâu rồi, bao giờ có kết quả, nộp hồ sơ trực tuyến, dịch "
        "vụ công trực tuyến, nộp hồ sơ qua mạng, giờ làm việc, trễ hẹn trả hồ sơ, dịch vụ công, nộp online, hồ sơ "
        "online, báo lỗi, chữ ký số, mấy giờ làm việc, làm việc thứ bảy, chậm trả kết quả, trả kết quả, đăng nhập "
        "dịch vụ công, biên nhận hồ sơ, giấy hẹn"
    ),
}
