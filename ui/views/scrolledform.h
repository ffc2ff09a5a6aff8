// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace Longshore::Ui {

/// As large as what is in it where there is room; else it scrolls, and keeps in sight what has the
/// focus.
class ScrolledForm final : public QScrollArea
{
    Q_OBJECT

public:
    /// \a content belongs to it from now on.
    explicit ScrolledForm(QWidget *content, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// What is in it takes more room than before, in pixels.
    void grown(int height);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void updateHeight();

    int m_height = 0; ///< That it would like to have.
};

} // namespace Longshore::Ui
