"""The live preview: an issue set again at each save and shown in the browser.

Not needed by a build, which never imports it. websockets and watchdog are
imported by ``server`` and ``watching`` alone.
"""
