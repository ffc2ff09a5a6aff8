// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/dialogs/platformchoice.h"
#include "ui/presenters/exportpresenter.h"

namespace Longshore::Ui {

/// All of some images, or what they have for one platform or several, with its size.
class ExportPart final : public PlatformChoice
{
    Q_OBJECT

public:
    /// \a presenter must outlive it.
    explicit ExportPart(const ExportPresenter &presenter, QWidget *parent = nullptr);

    /// Reads as if something was still to come while there are no choices.
    void showChoices();
    /// Of what is chosen; -1 while nobody knows.
    [[nodiscard]] qint64 bytes() const noexcept { return m_bytes; }

private:
    void updateBytes();
    [[nodiscard]] qint64 sizeOfChoice() const;

    const ExportPresenter &m_presenter;
    qint64 m_bytes = -1; ///< Kept: to add up what an index holds takes long, and each key asks.
};

} // namespace Longshore::Ui
