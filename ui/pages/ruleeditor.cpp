// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/ruleeditor.h"

#include "ui/format/quietcolour.h"
#include "ui/format/tintedicon.h"
#include "ui/format/warningcolour.h"
#include "ui/pages/conditioneditor.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static QToolButton *button(const QString &name, const QString &icon, const QString &toolTip)
{
    auto *result = new QToolButton;
    result->setObjectName(name);
    result->setAutoRaise(true);
    result->setFocusPolicy(Qt::StrongFocus);
    result->setIcon(tintedIcon(icon));
    result->setToolTip(toolTip);
    result->setAccessibleName(toolTip);
    return result;
}

static void setTextColour(QLabel *label, const QColor &colour)
{
    QPalette colours = label->palette();
    colours.setColor(QPalette::WindowText, colour);
    label->setPalette(colours);
}

RuleEditor::RuleEditor(const CleanupRule &rule, QWidget *parent)
    : QFrame(parent)
    , m_enabled(new QCheckBox)
    , m_action(new QComboBox)
    , m_layout(new QVBoxLayout)
    , m_count(new QLabel)
    , m_fault(plainLabel(u"ruleFault"_s))
    , m_removeCondition(new QAction(tr("Remove the Last Condition"), this))
{
    setObjectName(u"ruleEditor"_s);
    m_enabled->setObjectName(u"ruleEnabled"_s);
    m_enabled->setAccessibleName(tr("This rule counts"));
    m_enabled->setToolTip(tr("This rule counts"));
    m_enabled->setChecked(rule.isEnabled);
    m_action->setObjectName(u"ruleAction"_s);
    m_action->setAccessibleName(tr("What the rule does"));
    m_action->addItems({tr("Protect tags"), tr("Keep tags"), tr("Delete tags")});
    m_action->setCurrentIndex(static_cast<int>(rule.action));
    m_count->setObjectName(u"ruleCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    setTextColour(m_count, quietColour());
    setTextColour(m_fault, warningColour());
    m_fault->hide();
    m_layout->setSpacing(3);
    for (const CleanupCondition &condition : rule.conditions)
        addCondition(condition);
    m_layout->addWidget(m_fault);
    m_removeCondition->setEnabled(m_conditions.size() > 1);

    auto *more =
        button(u"addCondition"_s, u"add"_s, tr("Add a condition that must be met as well"));
    auto *menu = new QMenu(more);
    const auto conditions = newConditions();
    for (const auto &[name, condition] : conditions) {
        connect(menu->addAction(name), &QAction::triggered, this, [this, condition = condition] {
            addCondition(condition);
            emit changed();
        });
    }
    menu->addSeparator();
    menu->addAction(m_removeCondition);
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    auto *remove = button(u"removeRule"_s, u"close"_s, tr("Remove this rule"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 0, 1);
    row->addWidget(m_enabled, 0, Qt::AlignTop);
    row->addWidget(m_action, 0, Qt::AlignTop);
    row->addLayout(m_layout, 1);
    row->addWidget(m_count, 0, Qt::AlignTop);
    row->addWidget(more, 0, Qt::AlignTop);
    row->addWidget(remove, 0, Qt::AlignTop);
    m_enabled->setMinimumHeight(m_action->sizeHint().height());
    m_count->setMinimumHeight(m_action->sizeHint().height());
    connect(m_enabled, &QCheckBox::toggled, this, &RuleEditor::changed);
    connect(m_action, &QComboBox::currentIndexChanged, this, &RuleEditor::changed);
    connect(m_removeCondition, &QAction::triggered, this, &RuleEditor::removeLastCondition);
    connect(remove, &QToolButton::clicked, this, &RuleEditor::removeRequested);
}

QList<std::pair<QString, CleanupCondition>> RuleEditor::newConditions()
{
    return {{tr("By &Name"), NameCondition{}},
            {tr("By &Age"), AgeCondition{}},
            {tr("The Ne&west"), NewestCondition{10}},
            {tr("&Replaced by a Newer Version"), ReplacedCondition{}},
            {tr("By &Platform"), PlatformCondition{}},
            {tr("By &Label"), LabelCondition{}},
            {tr("By &Size"), SizeCondition{1024LL * 1024 * 1024}},
            {tr("In &Use by a List"), InUseCondition{}},
            {tr("&Everything Else"), EverythingElse{}}};
}

void RuleEditor::addCondition(const CleanupCondition &condition)
{
    auto *editor = new ConditionEditor(condition);
    connect(editor, &ConditionEditor::changed, this, &RuleEditor::changed);
    m_layout->insertWidget(static_cast<int>(m_conditions.size()), editor);
    m_conditions.append(editor);
    m_removeCondition->setEnabled(m_conditions.size() > 1);
}

void RuleEditor::removeLastCondition()
{
    m_conditions.takeLast()->deleteLater();
    m_removeCondition->setEnabled(m_conditions.size() > 1);
    emit changed();
}

CleanupRule RuleEditor::rule() const
{
    CleanupRule rule{
        static_cast<CleanupRule::Action>(m_action->currentIndex()), {}, m_enabled->isChecked()};
    for (const ConditionEditor *condition : m_conditions)
        rule.conditions.append(condition->condition());
    return rule;
}

void RuleEditor::showCount(qsizetype count)
{
    m_count->setText(m_enabled->isChecked() ? tr("%n tag(s)", nullptr, static_cast<int>(count))
                                            : tr("off"));
}

void RuleEditor::showFaults(const QList<CleanupRuleFault> &faults)
{
    for (qsizetype i = 0; i < m_conditions.size(); ++i) {
        std::optional<PatternFault> found;
        for (const CleanupRuleFault &fault : faults) {
            if (fault.condition == i)
                found = fault.fault;
        }
        m_conditions.at(i)->showFault(found);
    }
    m_fault->hide();
    for (const CleanupRuleFault &fault : faults) {
        if (fault.condition >= 0)
            continue;
        m_fault->setText(fault.fault.message);
        m_fault->show();
    }
}

} // namespace Longshore::Ui
