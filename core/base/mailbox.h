// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace Longshore {

/// Runs functions in the thread it lives in: the only road between our threads.
///
/// A mutex, a list and a plain event: what a thread checker can follow through an uninstrumented
/// Qt, unlike queued functor calls. Post through an address(), which may outlive the mailbox.
class Mailbox final : public QObject
{
    Q_OBJECT

public:
    /// Must hold what it needs: whoever posted it may be gone.
    using Task = std::function<void()>;

    /// Where to post; copyable, usable from any thread, harmless once the mailbox is gone.
    class Address
    {
    public:
        /// Of no mailbox: post() then does nothing.
        Address() = default;
        /// False when the mailbox no longer exists; the task is then dropped.
        bool post(Task task) const;

    private:
        friend class Mailbox;
        struct Shared;
        explicit Address(std::shared_ptr<Shared> shared) : m_shared(std::move(shared)) {}
        std::shared_ptr<Shared> m_shared;
    };

    /// Tasks run in the thread that the mailbox lives in.
    explicit Mailbox(QObject *parent = nullptr);
    /// Tasks that did not run are dropped.
    ~Mailbox() override;

    /// Where to post; may be copied into other threads.
    [[nodiscard]] const Address &address() const noexcept { return m_address; }
    /// Runs the tasks, in the order in which they were posted.
    bool event(QEvent *event) override;

private:
    Address m_address;
};

} // namespace Longshore
