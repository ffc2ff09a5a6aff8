// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/presenters/exportpresenter.h"

#include <QComboBox>

namespace Longshore::Ui {

/// All of some images, or what they have for one platform, with its size.
class ExportPart final : public QComboBox
{
    Q_OBJECT

public:
    /// Reads as if something was still to come while there are none.
    void setChoices(const QList<ExportPresenter::Choice> &choices);
    /// Nothing for all of it.
    [[nodiscard]] std::optional<Platform> platform() const;
    /// Of what is chosen; -1 while nobody knows.
    [[nodiscard]] qint64 bytes() const;

private:
    QList<ExportPresenter::Choice> m_choices;
};

} // namespace Longshore::Ui
