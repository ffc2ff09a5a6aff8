// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/platformpart.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QListWidget;

namespace Longshore::Ui {

/// All platforms of some images, exactly as they are stored; one of them; or several that are ticked in a
/// list, which is only there meanwhile. It is disabled where there is nothing to choose.
class PlatformChoice : public QWidget
{
    Q_OBJECT

public:
    /// Whether there is more to choose than all or one.
    enum class Several { Offered, Refused };

    explicit PlatformChoice(QWidget *parent = nullptr);

    /// What there is to choose from, \a all for all of it; that is chosen then.
    void setPlatforms(const QString &all, const QList<PlatformPart> &parts,
                      Several several = Several::Offered);
    void setPlatforms(const QList<PlatformPart> &parts);
    /// Whether there are several platforms to choose from.
    [[nodiscard]] bool hasChoice() const { return m_parts.size() > 1; }
    /// None for all of them, as they are stored, and where there is an objection.
    [[nodiscard]] QList<Platform> platforms() const;
    /// Why it is no choice yet, to be shown; empty when it is one.
    [[nodiscard]] QString objection() const;

signals:
    void changed();

private:
    [[nodiscard]] bool isSeveral() const;
    void showList();
    void makeRoom();

    QComboBox *m_box;
    QListWidget *m_list;
    QLabel *m_note;
    QList<PlatformPart> m_parts;
};

} // namespace Longshore::Ui
