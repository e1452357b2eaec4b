from tests.browser.test_pupil_screen import *
from tests.browser.conftest import *
def test_dbg(open_tablet):
    page=open_tablet()
    page.evaluate("""()=>{window.L=[];for(const k of ['pointerdown','pointermove','pointerup','pointercancel','choose'])addEventListener(k,e=>L.push([k,e.pointerId,e.isPrimary,Math.round(e.clientX),Math.round(e.clientY),e.target.className]),true)}""")
    its = box(page, Feeling.HAPPY)
    x, y = middle(page, Feeling.HAPPY)
    touch(page, (x, y), (its["x"] + its["width"] + 30, y))
    page.wait_for_timeout(100)
    touch(page, (x, y), (its["x"] + its["width"] + 20, y))
    page.wait_for_timeout(300)
    print(its); 
    for l in page.evaluate("L"): print(l)
