// What the page itself says; what the bot says comes from the bot.

export const KINDS = { simulator: "Kiểu Telegram", simulator_text: "Kiểu Zalo" };

export const HINTS = {
  head: "Trưởng đơn vị được mời họp. Chọn Xin vắng dưới giấy mời đang tô đậm, rồi cử người dự thay.",
  chair: "Người chủ trì. Đề nghị hiện ở đây; chọn Đồng ý là xong.",
  substitute: "Cấp phó, người dự thay. Được báo ở đây; chọn Nhận dự thay hoặc Không dự được.",
  office: "Văn phòng. Được báo khi có kết quả; mở ☰ chọn /hop để xem ai dự, ai vắng.",
};

// Neither is linked; the first names a commune of before the merger.
export const CITIZENS = {
  "dan-1": "Người dân xã Lạc Sương cũ. Thử nhắn: Tôi ở xã Lạc Sương, làm khai sinh cho con cần gì?",
  "dan-2": "Người dân phường Mẫu Trung. Thử nhắn: den duong khu pho 3 hong",
};

export const PARTS = { head: "xin vắng", chair: "chủ trì", substitute: "dự thay", office: "văn phòng" };

export const ACTS = {
  text: (item) => `nhắn “${item.text}”`,
  press: (item) => `chọn “${item.text || "nút cũ"}”`,
  file: (item) => `gửi tệp ${item.text}`,
  secret: () => "gửi nội dung có dấu hiệu bí mật; không lưu",
};

// What else than a person or the clock queues messages.
export const CAUSES = { sample: "Nạp cơ quan mẫu" };

export const EVENT_STATES = { new: "đang chờ", done: "đã xử lý", parked: "lỗi, đã để riêng" };

export const MESSAGE_KINDS = { reply: "trả lời", notice: "thông báo", ping: "nhắc" };

export const MESSAGE_STATES = {
  queued: "đang chờ gửi",
  sending: "đang gửi",
  sent: "đã gửi",
  unreachable: "không gửi được, chưa có máy",
  rejected: "bị từ chối",
  uncertain: "chưa rõ đã đến chưa",
  expired: "quá hạn, không gửi",
  superseded: "tin mới hơn thay thế",
};
