"""How long a page takes to open on a phone with a slow processor and a bad line."""

FIRST = 120_000
"""Bytes that a new phone may fetch until it works without signal."""
READY = "html[data-phone=ready]"
FORM_READY = "[data-visit-form][data-ready]"
"""The form of an entry answers taps."""
QUIET = 1500
"""Milliseconds in which what a page fetches later has come."""
WATCH = """
window.seen = {lcp: 0, cls: 0, tasks: []};
const watch = (type, deed) => new PerformanceObserver((list) => list.getEntries().forEach(deed))
    .observe({type, buffered: true});
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
watch("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
"""
FIGURES = """() => {
    const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const blocking = seen.tasks.filter(([start]) => start >= fcp)
        .reduce((sum, [, long]) => sum + Math.max(0, long - 50), 0);
    return {fcp, lcp: seen.lcp, tbt: blocking, cls: seen.cls};
}"""


def arguments_of_a_line(parser):
    """How slow the phone and its line are."""
    parser.add_argument("--cpu", type=float, default=4, help="times slower (4)")
    parser.add_argument("--kilobits", type=float, default=400, help="a second (400)")
    parser.add_argument("--delay", type=float, default=400, help="milliseconds (400)")


def line_of(options):
    """The same in words."""
    return (
        f"processor slowed down {options.cpu:g} ×, {options.kilobits:g} kbit/s,"
        f" {options.delay:g} ms"
    )


def watch(page):
    """From the next page on its times are kept, for ``opened``."""
    page.context.add_init_script(WATCH)


def slow_down(page, front, options):
    """From now on the phone and its line are as slow as the options say."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": options.cpu})
    front.slow_down(kilobits=options.kilobits, delay=options.delay / 1000)


def opened(page, front, path, usable):
    """Times of opening a page, in milliseconds; CLS has no unit.

    ``usable`` is the selector of what somebody came for, the time that until it is there.
    """
    page.goto(f"{front.url}{path}", wait_until="commit", timeout=120_000)
    page.locator(usable).first.wait_for(state="attached", timeout=120_000)
    at = page.evaluate("performance.now()")
    page.wait_for_load_state("load", timeout=120_000)
    page.wait_for_timeout(QUIET)
    return {"usable": at, **page.evaluate(FIGURES)}


def first_load(page, front):
    """``[(path, bytes, encoding)]`` from the first page until the phone is ready."""
    forget_everything(page, front)
    front.count()
    page.goto(f"{front.url}/sodien/")
    page.locator(READY).wait_for()
    page.wait_for_timeout(QUIET)
    return front.count()


def forget_everything(page, front):
    """As new, but signed in: no cache, no service worker, no database."""
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.send(
        "Storage.clearDataForOrigin",
        {
            "origin": front.url,
            "storageTypes": "cache_storage,indexeddb,service_workers,local_storage",
        },
    )
    session.detach()
