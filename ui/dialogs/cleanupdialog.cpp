// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/cleanupdialog.h"

#include "core/base/displaytext.h"
#include "core/cleanup/cleanupdecision.h"
#include "ui/format/tintedicon.h"
#include "ui/format/valueformat.h"
#include "ui/format/warningcolour.h"
#include "ui/presenters/cleanupdeciding.h"
#include "ui/views/plainlabel.h"
#include "ui/views/productionband.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

constexpr qsizetype mostNamed = 8;

/// "12 of 40 tags from team/app", for each repository.
static QString partsOf(const CleanupPlan &plan)
{
    QStringList lines;
    for (const RepositoryCleanup &one : plan.repositories) {
        const CleanupDecisions &decisions = one.decisions;
        if (decisions.removedCount() > 0)
            lines.append(CleanupDialog::tr("%1 of %n tag(s) from %2", nullptr,
                                           static_cast<int>(decisions.tags.size()))
                             .arg(decisions.removedCount())
                             .arg(quotedText(decisions.repository.toString())));
    }
    const auto more = static_cast<int>(lines.size() - mostNamed);
    if (more > 0)
        lines = lines.mid(0, mostNamed)
                << CleanupDialog::tr("and from %n more repository(ies)", nullptr, more);
    return lines.join(u'\n');
}

QStringList CleanupDialog::thresholdsOf(const CleanupPresenter &presenter)
{
    const CleanupPlan &plan = presenter.plan();
    QStringList reasons;
    if (presenter.isProduction())
        reasons.append(tr("This registry is marked as production."));
    if (removedCount(plan.repositories) > mostUnconfirmed)
        reasons.append(tr("These are more than %1 tags.").arg(mostUnconfirmed));
    for (const RepositoryCleanup &one : plan.repositories) {
        const CleanupDecisions &decisions = one.decisions;
        const qsizetype removed = decisions.removedCount();
        const QString name = quotedText(decisions.repository.toString());
        if (removed > 0 && decisions.wouldBeEmpty)
            reasons.append(tr("%1 loses its last image.").arg(name));
        else if (removed * 2 > decisions.tags.size())
            reasons.append(tr("%1 loses more than half of its tags.").arg(name));
        if (std::any_of(decisions.tags.begin(), decisions.tags.end(), [](const TagDecision &tag) {
                return tag.overridesProtection && tag.isRemoved();
            }))
            reasons.append(tr("A tag of %1 goes though a rule protects it.").arg(name));
    }
    if (reasons.size() > mostNamed)
        reasons = reasons.mid(0, mostNamed) << u"\u2026"_s;
    return reasons;
}

CleanupDialog::CleanupDialog(const CleanupPresenter &presenter, QWidget *parent)
    : QDialog(parent), m_layers(new QCheckBox), m_placeholder(new QCheckBox), m_typed(new QLineEdit)
{
    const CleanupPlan &plan = presenter.plan();
    setObjectName(u"cleanupDialog"_s);
    setWindowTitle(tr("Clean Up"));
    const auto count = static_cast<int>(removedCount(plan.repositories));
    auto *headline =
        plainLabel(u"cleanupQuestion"_s, tr("Back up and delete %n tag(s) of %1?", nullptr, count)
                                             .arg(quotedText(presenter.host())));
    QFont font = headline->font();
    font.setBold(true);
    headline->setFont(font);
    auto *backup = plainLabel(
        u"cleanupBackup"_s,
        tr("A backup of the manifests is written before anything is deleted. It brings back what "
           "is deleted as long as the server has not collected its garbage; with the layers, "
           "always. Each tag is looked at once more directly before, and left alone if it has "
           "moved."));
    m_layers->setObjectName(u"saveLayers"_s);
    m_layers->setText(
        tr("Save the &layers too (%1)").arg(formatBytes(layerBytesOf(plan.repositories))));
    const auto untagged = static_cast<int>(untaggedByDetour(presenter.plan(), presenter.session()));
    m_placeholder->setObjectName(u"placeholder"_s);
    m_placeholder->setText(
        tr("Put an &empty image under %n tag(s) for a moment", nullptr, untagged));
    auto *detour = plainLabel(
        u"aboutPlaceholder"_s,
        tr("Their images stay. Many servers can remove such a tag only by this detour: whoever "
           "pulls it in between gets the empty image. Without it, these tags stay on such a "
           "server."));
    m_placeholder->setAccessibleDescription(detour->text());
    for (QWidget *widget : QList<QWidget *>{m_placeholder, detour})
        widget->setVisible(untagged > 0);
    const QString expected = presenter.neededConfirmation();
    const bool mustType = !expected.isEmpty();
    auto *why = plainLabel(u"cleanupThresholds"_s, thresholdsOf(presenter).join(u'\n'));
    QPalette colours = why->palette();
    colours.setColor(QPalette::WindowText, warningColour());
    why->setPalette(colours);
    auto *ask = plainLabel(u"cleanupAsk"_s, tr("Type %1 to confirm.").arg(quotedText(expected)));
    m_typed->setObjectName(u"typedConfirmation"_s);
    m_typed->setAccessibleName(ask->text());
    for (QWidget *widget : QList<QWidget *>{why, ask, m_typed})
        widget->setVisible(mustType);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_delete = buttons->addButton(tr("Back Up and &Delete %n Tag(s)", nullptr, count),
                                  QDialogButtonBox::DestructiveRole);
    m_delete->setObjectName(u"confirmCleanup"_s);
    m_delete->setIcon(tintedIcon(u"delete"_s));
    m_delete->setAutoDefault(false);
    m_delete->setEnabled(!mustType);
    QPushButton *cancel = buttons->button(QDialogButtonBox::Cancel);
    cancel->setObjectName(u"cancel"_s);
    connect(m_typed, &QLineEdit::textChanged, this, [this, expected](const QString &text) {
        m_delete->setEnabled(text.trimmed() == expected);
    });
    connect(m_delete, &QPushButton::clicked, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *band = new ProductionBand;
    band->showHost(presenter.isProduction() ? presenter.host() : QString(), true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(band);
    for (QWidget *widget :
         QList<QWidget *>{headline, plainLabel(u"cleanupParts"_s, partsOf(plan)), backup, m_layers,
                          m_placeholder, detour, why, ask, m_typed})
        layout->addWidget(widget);
    layout->addStretch();
    layout->addWidget(buttons);
    cancel->setDefault(true);
    (mustType ? static_cast<QWidget *>(m_typed) : cancel)->setFocus();
    resize(fontMetrics().averageCharWidth() * 76, sizeHint().height());
}

TagRemoval::Placeholder CleanupDialog::placeholder() const
{
    return m_placeholder->isChecked() ? TagRemoval::Placeholder::Allowed
                                      : TagRemoval::Placeholder::Never;
}

bool CleanupDialog::savesLayers() const
{
    return m_layers->isChecked();
}

} // namespace Longshore::Ui
