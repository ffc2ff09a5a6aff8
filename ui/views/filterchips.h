// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QButtonGroup;

namespace Longshore::Ui {

/// Buttons in a row, one of which is chosen: each shows only a part of a list, and says how large that is.
class FilterChips final : public QWidget
{
    Q_OBJECT

public:
    /// The first of \a names is chosen to begin with.
    explicit FilterChips(const QStringList &names, QWidget *parent = nullptr);

    /// One for each name; what is empty cannot be chosen, except the first.
    void setCounts(const QList<qsizetype> &counts);
    [[nodiscard]] int chosen() const;
    void choose(int chip);

signals:
    void chosenChanged(int chip);

private:
    const QStringList m_names;
    QButtonGroup *m_chips;
};

} // namespace Longshore::Ui
