// SPDX-License-Identifier: Apache-2.0
// A window that takes drops as file managers on X11 do, which save what is dropped directly (XDND 5, XDS):
// it names the file in the property of the one who drags, asks for the data, and reads the answer.
// usage: xdndtarget FOLDER      Says in lines on its output what happens.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <xcb/xcb.h>

namespace {

struct Free
{
    void operator()(void *reply) const { std::free(reply); }
};
template <typename T>
using Reply = std::unique_ptr<T, Free>;

class Target
{
public:
    Target(xcb_connection_t *connection, std::string folder)
        : m_connection(connection), m_folder(std::move(folder))
    {}

    void show();
    int run();

private:
    [[nodiscard]] xcb_atom_t atom(const std::string &name) const;
    [[nodiscard]] std::string property(xcb_window_t window, const std::string &name) const;
    void ask(xcb_timestamp_t time) const;
    void send(const std::string &type, uint32_t flags, uint32_t action) const;
    void handle(const xcb_client_message_event_t &message);
    void drop(const xcb_client_message_event_t &message);

    xcb_connection_t *m_connection;
    std::string m_folder;
    xcb_window_t m_window = 0;
    xcb_window_t m_source = 0;
    bool m_hasAskedTooEarly = false;
    bool m_isDropped = false;
};

void say(const std::string &line)
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

xcb_atom_t Target::atom(const std::string &name) const
{
    const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(
        m_connection,
        xcb_intern_atom(m_connection, 0, static_cast<uint16_t>(name.size()), name.c_str()),
        nullptr));
    return reply->atom;
}

std::string Target::property(xcb_window_t window, const std::string &name) const
{
    const Reply<xcb_get_property_reply_t> reply(xcb_get_property_reply(
        m_connection,
        xcb_get_property(m_connection, 0, window, atom(name), XCB_GET_PROPERTY_TYPE_ANY, 0, 4096),
        nullptr));
    if (!reply || reply->format != 8)
        return {};
    return {static_cast<const char *>(xcb_get_property_value(reply.get())),
            static_cast<size_t>(xcb_get_property_value_length(reply.get()))};
}

void Target::show()
{
    const xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data;
    m_window = xcb_generate_id(m_connection);
    const uint32_t values[] = {screen->white_pixel, 1, XCB_EVENT_MASK_STRUCTURE_NOTIFY};
    // Where the test puts it: no window manager has a say.
    xcb_create_window(m_connection, XCB_COPY_FROM_PARENT, m_window, screen->root, 900, 500, 200,
                      200, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, screen->root_visual,
                      XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values);
    const uint32_t version = 5;
    xcb_change_property(m_connection, XCB_PROP_MODE_REPLACE, m_window, atom("XdndAware"),
                        XCB_ATOM_ATOM, 32, 1, &version);
    xcb_map_window(m_connection, m_window);
    xcb_flush(m_connection);
}

void Target::ask(xcb_timestamp_t time) const
{
    xcb_convert_selection(m_connection, m_window, atom("XdndSelection"), atom("XdndDirectSave0"),
                          atom("ANSWER"), time);
    xcb_flush(m_connection);
}

void Target::send(const std::string &type, uint32_t flags, uint32_t action) const
{
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = m_source;
    event.type = atom(type);
    event.data.data32[0] = m_window;
    event.data.data32[1] = flags;
    // XdndStatus has its action last, XdndFinished in the middle.
    event.data.data32[type == "XdndStatus" ? 4 : 2] = action;
    xcb_send_event(m_connection, 0, m_source, XCB_EVENT_MASK_NO_EVENT,
                   reinterpret_cast<const char *>(&event));
    xcb_flush(m_connection);
}

void Target::drop(const xcb_client_message_event_t &message)
{
    const std::string name = property(m_source, "XdndDirectSave0");
    say("proposed " + name);
    const std::string url = "file://" + m_folder + '/' + name;
    xcb_change_property(m_connection, XCB_PROP_MODE_REPLACE, m_source, atom("XdndDirectSave0"),
                        atom("text/plain"), 8, static_cast<uint32_t>(url.size()), url.c_str());
    m_isDropped = true;
    ask(message.data.data32[2]);
}

void Target::handle(const xcb_client_message_event_t &message)
{
    m_source = message.data.data32[0];
    if (message.type == atom("XdndPosition")) {
        // As some do while the pointer is still on its way.
        if (!std::exchange(m_hasAskedTooEarly, true))
            ask(message.data.data32[3]);
        send("XdndStatus", 1, atom("XdndActionCopy"));
    } else if (message.type == atom("XdndDrop")) {
        drop(message);
    }
}

int Target::run()
{
    while (const Reply<xcb_generic_event_t> event{xcb_wait_for_event(m_connection)}) {
        const int type = event->response_type & 0x7F;
        if (type == XCB_MAP_NOTIFY)
            say("shown");
        else if (type == XCB_CLIENT_MESSAGE)
            handle(*reinterpret_cast<const xcb_client_message_event_t *>(event.get()));
        else if (type == XCB_SELECTION_NOTIFY) {
            say((m_isDropped ? "answered " : "hovering ") + property(m_window, "ANSWER"));
            if (m_isDropped) {
                send("XdndFinished", 1, atom("XdndActionCopy"));
                return 0;
            }
        }
    }
    return 1; // The display has gone.
}

} // namespace

int main(int count, char **arguments)
{
    xcb_connection_t *connection = xcb_connect(nullptr, nullptr);
    if (count != 2 || xcb_connection_has_error(connection))
        return 2;
    Target target(connection, arguments[1]);
    target.show();
    const int result = target.run();
    xcb_disconnect(connection);
    return result;
}
