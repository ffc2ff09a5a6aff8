// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/settings/tokenserverstore.h"

#include <QPointer>

namespace Longshore::Ui {

/// Has the person asked before the sign-in for a registry goes to a token server on another site,
/// and remembers what was agreed to. Without anybody who listens it refuses.
class ConsentKeeper final : public QObject, public TokenServerConsent
{
    Q_OBJECT

public:
    explicit ConsentKeeper(const TokenServerStore &store = TokenServerStore(),
                           QObject *parent = nullptr)
        : QObject(parent), m_store(store)
    {}

    [[nodiscard]] ResultJob<Done> *ask(const TokenServerQuestion &question) override;
    /// What the person said to asked().
    void answer(const TokenServerQuestion &question, bool agrees);

signals:
    /// Once for each pair, until it is answered.
    void asked(const Longshore::TokenServerQuestion &question);
    /// The answer holds until the program ends.
    void notKept(const QString &message);

private:
    class Waiting;

    void begin(Waiting *job);
    [[nodiscard]] bool isAsked(const TokenServerQuestion &question) const;

    TokenServerStore m_store;
    QList<TokenServerQuestion> m_agreed; ///< Since the program began.
    QList<QPointer<Waiting>> m_waiting;
};

} // namespace Longshore::Ui
