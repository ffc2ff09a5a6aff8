// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/auth/tokenserverconsent.h"
#include "support/manualjob.h"

#include <QPointer>

/// Agrees or not, from the event loop, and remembers what it was asked.
class FakeConsent final : public QObject, public Longshore::TokenServerConsent
{
public:
    using Done = Longshore::Done;

    Longshore::ResultJob<Done> *ask(const Longshore::TokenServerQuestion &question) override
    {
        questions.append(question);
        auto *job = new ManualJob<Done>;
        open = job;
        if (!isHeld)
            QMetaObject::invokeMethod(
                job, [this] { answer(); }, Qt::QueuedConnection);
        return job;
    }
    /// Answers the question that is open.
    void answer()
    {
        if (agrees)
            open->finishWith(Done());
        else
            open->failWith(Longshore::tokenServerRefused(questions.last()));
    }

    QList<Longshore::TokenServerQuestion> questions;
    bool agrees = true;
    bool isHeld = false; ///< Until somebody calls answer().
    QPointer<ManualJob<Done>> open;
};
