// SPDX-License-Identifier: Apache-2.0
#include "ui/views/dragproperty.h"

#include <QGuiApplication>

#ifdef LONGSHORE_HAS_XCB
#include <cstdlib>
#include <memory>
#include <optional>
#include <xcb/xcb.h>
#endif

namespace Longshore::Ui::DragProperty {

#ifdef LONGSHORE_HAS_XCB

namespace {

constexpr uint32_t mostWords = 4096; // Of four bytes.

struct Free
{
    void operator()(void *reply) const { std::free(reply); } // NOLINT(cppcoreguidelines-no-malloc)
};
template <typename T>
using Reply = std::unique_ptr<T, Free>;

xcb_connection_t *connection()
{
    auto *application = qApp->nativeInterface<QNativeInterface::QX11Application>();
    return application ? application->connection() : nullptr;
}

xcb_atom_t atom(QByteArrayView name)
{
    const auto request =
        xcb_intern_atom(connection(), 0, static_cast<uint16_t>(name.size()), name.data());
    const Reply<xcb_intern_atom_reply_t> reply(
        xcb_intern_atom_reply(connection(), request, nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

/// The window that the drag belongs to; none while nothing is dragged.
xcb_window_t source()
{
    const auto request = xcb_get_selection_owner(connection(), atom("XdndSelection"));
    const Reply<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(connection(), request, nullptr));
    return reply ? reply->owner : xcb_window_t(XCB_WINDOW_NONE);
}

} // namespace

bool isThere()
{
    return connection() != nullptr;
}

QByteArray read()
{
    const xcb_window_t window = connection() ? source() : xcb_window_t(XCB_WINDOW_NONE);
    if (window == XCB_WINDOW_NONE)
        return {};
    const auto request = xcb_get_property(connection(), 0, window, atom("XdndDirectSave0"),
                                          XCB_GET_PROPERTY_TYPE_ANY, 0, mostWords);
    const Reply<xcb_get_property_reply_t> reply(
        xcb_get_property_reply(connection(), request, nullptr));
    if (!reply || reply->format != 8 || reply->bytes_after > 0)
        return {};
    return {static_cast<const char *>(xcb_get_property_value(reply.get())),
            xcb_get_property_value_length(reply.get())};
}

void write(const QByteArray &fileName)
{
    const xcb_window_t window = connection() ? source() : xcb_window_t(XCB_WINDOW_NONE);
    if (window == XCB_WINDOW_NONE)
        return;
    xcb_change_property(connection(), XCB_PROP_MODE_REPLACE, window, atom("XdndDirectSave0"),
                        atom("text/plain"), 8, static_cast<uint32_t>(fileName.size()),
                        fileName.constData());
    xcb_flush(connection());
}

#else

bool isThere()
{
    return false;
}

QByteArray read()
{
    return {};
}

void write(const QByteArray &)
{}

#endif

} // namespace Longshore::Ui::DragProperty
