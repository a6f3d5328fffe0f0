"""The page in a real browser, wide and as narrow as a phone."""

from playwright.sync_api import Locator, Page, expect

SHORT_NAMES = {"khai": "Đình Khải", "hung": "Văn Hưng", "thu": "Thị Thu"}


def is_narrow(page: Page) -> bool:
    size = page.viewport_size
    assert size is not None
    return size["width"] < 761


def phone(page: Page, code: str) -> Locator:
    """Somebody's phone, brought to the front where only one is seen."""
    if is_narrow(page):
        page.locator("#tabs button", has_text=SHORT_NAMES[code]).click()
    return page.locator(f'.phone[data-address="{code}"]')


def say(at: Locator, text: str) -> None:
    at.locator("textarea").fill(text)
    at.locator("textarea").press("Enter")


def test_a_newcomer_finds_the_people_of_the_main_job(page: Page) -> None:
    codes = page.locator(".phone").evaluate_all("phones => phones.map((phone) => phone.dataset.address)")
    assert codes[:3] == ["khai", "hung", "thu"]
    expect(page.locator("#guide summary")).to_contain_text("Họp giao ban tuần")
    expect(phone(page, "khai").locator(".hint")).to_contain_text("Xin vắng")


def test_one_presses_and_another_is_told(page: Page) -> None:
    head = phone(page, "khai")
    head.get_by_role("button", name="Bắt đầu").click()
    head.get_by_role("button", name="Dự họp").click()
    expect(head.locator(".bubble").last).to_contain_text("Đã ghi nhận.")
    expect(head.get_by_role("button", name="Dự họp")).to_have_count(0)
    if is_narrow(page):
        expect(page.locator('.badge[data-address="hung"]')).to_have_text("1")
    expect(phone(page, "hung").locator(".bubble")).to_contain_text("Vũ Đình Khải dự họp.")


def test_the_trace_tells_what_happened(page: Page) -> None:
    head = phone(page, "khai")
    head.get_by_role("button", name="Bắt đầu").click()
    head.get_by_role("button", name="Dự họp").click()
    if is_narrow(page):
        page.locator("#tabs .to-trace").click()
    newest = page.locator(".happened details").first
    expect(newest.locator("summary")).to_contain_text("Vũ Đình Khải chọn “Dự họp”")
    expect(newest).to_contain_text("meeting.attend")
    expect(newest).to_contain_text("Nguyễn Văn Hưng: thông báo")


def test_a_zalo_like_phone_takes_numbers(page: Page) -> None:
    phone(page, "thu").get_by_label("Kiểu máy").select_option("simulator_text")
    deputy = phone(page, "thu")
    say(deputy, "/start")
    expect(deputy.locator(".bubble").last).to_contain_text("– Xin vắng")
    expect(deputy.locator(".choice")).to_have_count(0)
    say(deputy, "2")
    expect(deputy.locator(".bubble").last).to_contain_text("Phiếu số 1.docx: http")
    slip = deputy.locator(".bubble a").get_attribute("href")
    assert slip and page.request.get(slip).body() == b"slip"


def test_a_file_is_attached_with_its_words(page: Page) -> None:
    head = phone(page, "khai")
    head.locator("textarea").fill("kèm theo")
    head.locator("input[type=file]").set_input_files(
        {"name": "Giấy mời.pdf", "mimeType": "application/pdf", "buffer": b"paper"}
    )
    expect(head.locator(".bubble.theirs")).to_contain_text("kèm theo")
    expect(head.locator(".bubble.ours")).to_contain_text("Đã nhận Giấy mời.pdf.")


def test_markup_that_a_person_types_stays_text(page: Page) -> None:
    head = phone(page, "khai")
    say(head, "<b>x</b> & <img src=x onerror=alert(1)>")
    expect(head.locator(".bubble.theirs .text")).to_have_text("<b>x</b> & <img src=x onerror=alert(1)>")
    expect(head.locator(".bubble.ours .text")).to_have_text("Không rõ: <b>x</b> & <img src=x onerror=alert(1)>")


def test_the_command_menu_sends_a_command(page: Page) -> None:
    head = phone(page, "khai")
    head.get_by_role("button", name="Các lệnh").click()
    head.get_by_role("button", name="/menu").click()
    expect(head.locator(".bubble.theirs")).to_contain_text("/menu")


def test_the_clock_is_moved_and_tells_so(page: Page) -> None:
    if is_narrow(page):
        page.get_by_text("Chỉnh đồng hồ").click()
    page.get_by_label("Thời điểm").fill("5/3/2031 08:15")
    page.get_by_role("button", name="Chuyển đến").click()
    expect(page.locator("#now")).to_have_text("08 giờ 15, thứ Tư, ngày 05/03/2031")
    expect(page.get_by_role("status")).to_contain_text("Đã chuyển đến 08 giờ 15")
    page.get_by_role("button", name="15 phút trước cuộc họp tới").click()
    expect(page.get_by_role("status")).to_contain_text("không có cuộc họp nào sắp tới")


def test_phones_stay_open_over_a_reload(page: Page) -> None:
    phone(page, "thu").get_by_role("button", name="Cất máy").click()
    phone(page, "hung").get_by_label("Người cầm máy").select_option("dan-1")
    page.locator('.phone[data-address="dan-1"]').wait_for()
    page.reload()
    page.locator('.phone[data-address="dan-1"]').wait_for(state="attached")
    codes = page.locator(".phone").evaluate_all("phones => phones.map((phone) => phone.dataset.address)")
    assert codes[:2] == ["khai", "dan-1"]
    assert "thu" not in codes


def test_nothing_is_wider_than_the_screen_and_every_control_has_a_name(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, input")]
          .filter((control) => !control.textContent.trim() && !control.ariaLabel && !control.labels?.length)
          .map((control) => control.outerHTML)"""
    )
    assert unnamed == []
