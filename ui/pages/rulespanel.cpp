// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/rulespanel.h"

#include "core/cleanup/cleanuppresets.h"
#include "ui/format/quietcolour.h"
#include "ui/format/warningcolour.h"
#include "ui/pages/ruleeditor.h"
#include "ui/views/plainlabel.h"
#include "ui/views/scrolledform.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

static QToolButton *menuButton(const QString &name, const QString &text, QMenu *menu)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::StrongFocus);
    if (menu) {
        menu->setParent(button, menu->windowFlags());
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
    }
    return button;
}

RulesPanel::RulesPanel(QWidget *parent)
    : QWidget(parent)
    , m_fold(new QToolButton)
    , m_body(new QWidget)
    , m_list(new QVBoxLayout)
    , m_undated(new QComboBox)
    , m_namePattern(new QLineEdit)
    , m_fault(plainLabel(u"rulesFault"_s))
    , m_siblings(new QComboBox)
    , m_children(new QCheckBox(tr("Remove with an index what nothing else needs")))
    , m_attached(new QCheckBox(tr("Remove signatures and the like with their image")))
{
    setObjectName(u"rulesPanel"_s);
    auto *precedence =
        plainLabel(u"precedence"_s,
                   tr("What is protected stays. Else what is kept stays. Else what is deleted "
                      "goes. A tag that no rule speaks about is left alone."));
    QPalette colours = precedence->palette();
    colours.setColor(QPalette::WindowText, quietColour());
    precedence->setPalette(colours);
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(4, 0, 4, 0);
    m_list->setSpacing(2);
    inner->addLayout(m_list);
    inner->addWidget(precedence);
    inner->addWidget(makeOptions());
    inner->addStretch();
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->addWidget(new ScrolledForm(content));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeHead());
    layout->addWidget(m_body, 1);
}

QWidget *RulesPanel::makeHead()
{
    m_fold->setObjectName(u"foldRules"_s);
    m_fold->setText(tr("Rules"));
    m_fold->setToolTip(tr("Show or hide the rules"));
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_fold->setCheckable(true);
    m_fold->setChecked(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::DownArrow);
    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) { setFolded(!isOpen); });

    auto *presets = new QMenu;
    for (const CleanupPreset preset : cleanupPresets()) {
        const CleanupRules rules = rulesOf(preset);
        connect(presets->addAction(rules.name), &QAction::triggered, this,
                [this, rules] { usePreset(rules); });
    }
    auto *conditions = new QMenu;
    const auto known = RuleEditor::newConditions();
    for (const auto &[name, condition] : known) {
        connect(conditions->addAction(name), &QAction::triggered, this,
                [this, condition = condition] {
                    using Action = CleanupRule::Action;
                    const bool keeps = std::holds_alternative<NewestCondition>(condition)
                                       || std::holds_alternative<InUseCondition>(condition);
                    addRule({keeps ? Action::Keep : Action::Delete, {condition}});
                    emit changed();
                });
    }
    auto *load = menuButton(u"loadRules"_s, tr("&Load\u2026"), nullptr);
    load->setToolTip(tr("Take the rules from a file"));
    auto *save = menuButton(u"saveRules"_s, tr("&Save\u2026"), nullptr);
    save->setToolTip(tr("Keep these rules in a file, also for longshorectl"));
    connect(load, &QToolButton::clicked, this, &RulesPanel::loadRequested);
    connect(save, &QToolButton::clicked, this, &RulesPanel::saveRequested);

    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_fold);
    row->addStretch();
    row->addWidget(menuButton(u"presets"_s, tr("&Presets"), presets));
    row->addWidget(menuButton(u"addRule"_s, tr("&Add Rule"), conditions));
    row->addWidget(load);
    row->addWidget(save);
    return head;
}

QWidget *RulesPanel::makeOptions()
{
    m_undated->setObjectName(u"undated"_s);
    m_undated->addItems({tr("are left alone where a rule asks for a date"),
                         tr("count as older than every other"),
                         tr("have the date in the name of their tag")});
    m_namePattern->setObjectName(u"namePattern"_s);
    m_namePattern->setAccessibleName(tr("Pattern for dates in names"));
    m_namePattern->setPlaceholderText(u"yyyyMMdd"_s);
    m_siblings->setObjectName(u"siblings"_s);
    m_siblings->addItems({tr("stay with all their tags"), tr("stay, without the tags that go"),
                          tr("go with all their tags, unless one is protected")});
    m_children->setObjectName(u"removesChildren"_s);
    m_attached->setObjectName(u"removesAttached"_s);
    QPalette colours = m_fault->palette();
    colours.setColor(QPalette::WindowText, warningColour());
    m_fault->setPalette(colours);
    m_fault->hide();
    for (QComboBox *box : {m_undated, m_siblings})
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            m_namePattern->setVisible(m_undated->currentIndex() == 2);
            emit changed();
        });
    for (QCheckBox *box : {m_children, m_attached})
        connect(box, &QCheckBox::toggled, this, &RulesPanel::changed);
    connect(m_namePattern, &QLineEdit::textChanged, this, &RulesPanel::changed);

    auto *options = new QWidget;
    auto *form = new QFormLayout(options);
    form->setContentsMargins(0, 4, 0, 4);
    auto *undated = new QHBoxLayout;
    undated->addWidget(m_undated);
    undated->addWidget(m_namePattern);
    undated->addStretch();
    form->addRow(tr("Images without a da&te"), undated);
    form->addRow(m_fault);
    form->addRow(tr("I&mages with a tag that goes and one that stays"), m_siblings);
    form->addRow(m_children);
    form->addRow(m_attached);
    qobject_cast<QLabel *>(form->labelForField(undated))->setBuddy(m_undated);
    return options;
}

void RulesPanel::setFolded(bool isFolded)
{
    m_body->setVisible(!isFolded);
    m_fold->setArrowType(isFolded ? Qt::RightArrow : Qt::DownArrow);
}

void RulesPanel::usePreset(const CleanupRules &rules)
{
    setRules(rules);
    m_fold->setChecked(true);
    emit changed();
}

RuleEditor *RulesPanel::addRule(const CleanupRule &rule)
{
    auto *editor = new RuleEditor(rule);
    m_list->addWidget(editor);
    m_editors.append(editor);
    connect(editor, &RuleEditor::changed, this, &RulesPanel::changed);
    connect(editor, &RuleEditor::removeRequested, this, [this, editor] {
        m_editors.removeOne(editor);
        editor->hide();
        editor->deleteLater();
        emit changed();
    });
    return editor;
}

CleanupRules RulesPanel::rules() const
{
    CleanupRules rules;
    rules.name = m_name;
    for (const RuleEditor *editor : m_editors)
        rules.rules.append(editor->rule());
    rules.undated.kind = static_cast<UndatedPolicy::Kind>(m_undated->currentIndex());
    if (rules.undated.kind == UndatedPolicy::Kind::FromName)
        rules.undated.namePattern = m_namePattern->text();
    rules.siblings = static_cast<SiblingPolicy>(m_siblings->currentIndex());
    rules.removesChildren = m_children->isChecked();
    rules.removesAttached = m_attached->isChecked();
    return rules;
}

void RulesPanel::setRules(const CleanupRules &rules)
{
    const QSignalBlocker blocker(this);
    m_name = rules.name;
    for (RuleEditor *editor : std::as_const(m_editors)) {
        editor->hide();
        editor->deleteLater(); // It may be asking for this.
    }
    m_editors.clear();
    for (const CleanupRule &rule : rules.rules)
        addRule(rule);
    m_undated->setCurrentIndex(static_cast<int>(rules.undated.kind));
    m_namePattern->setText(rules.undated.namePattern);
    m_namePattern->setVisible(rules.undated.kind == UndatedPolicy::Kind::FromName);
    m_siblings->setCurrentIndex(static_cast<int>(rules.siblings));
    m_children->setChecked(rules.removesChildren);
    m_attached->setChecked(rules.removesAttached);
}

void RulesPanel::showCounts(const QList<qsizetype> &counts)
{
    for (qsizetype i = 0; i < qMin(counts.size(), m_editors.size()); ++i)
        m_editors.at(i)->showCount(counts.at(i));
}

void RulesPanel::showFaults(const QList<CleanupRuleFault> &faults)
{
    m_fault->hide();
    for (qsizetype rule = 0; rule < m_editors.size(); ++rule) {
        QList<CleanupRuleFault> own;
        for (const CleanupRuleFault &fault : faults) {
            if (fault.rule == rule)
                own.append(fault);
        }
        m_editors.at(rule)->showFaults(own);
    }
    for (const CleanupRuleFault &fault : faults) {
        if (fault.rule >= 0)
            continue;
        m_fault->setText(fault.fault.message);
        m_fault->show();
    }
}

} // namespace Longshore::Ui
