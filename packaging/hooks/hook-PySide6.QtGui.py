"""In place of PyInstaller's own hook: the plugins of Qt the program has a use for, and no others.

Left out here, before their dependencies are looked at: a plugin that needs GTK or Qt's Network module would
otherwise bring those libraries into the bundle even when it is thrown out again afterwards.
"""

from pathlib import PurePath

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

WANTED = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qminimal", "qoffscreen", "qwayland-egl", "qwayland-generic", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmodernwindowsstyle", "qwindowsvistastyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"xdg-shell", "wl-shell-plugin"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}


def wanted(place: tuple[str, str]) -> bool:
    """Whether a collected file (source, folder in the bundle) is no plugin, or one of the wanted ones."""
    source, folder = PurePath(place[0]), PurePath(place[1])
    if "plugins" not in folder.parts:
        return True
    return source.stem.removeprefix("lib") in WANTED.get(folder.name, set())


hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [place for place in binaries if wanted(place)]
