// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/conditioneditor.h"

#include "core/cleanup/ruletext.h"
#include "ui/format/warningcolour.h"
#include "ui/views/filefield.h"
#include "ui/views/plainlabel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Longshore::Ui {

/// Makes the fields for each kind of condition; gives what reads them again.
struct ConditionEditor::Build
{
    using Read = std::function<CleanupCondition()>;

    ConditionEditor &editor;

    Read operator()(const NameCondition &names) const
    {
        const bool isExpression =
            names.patterns.size() == 1
            && names.patterns.first().syntax() == TagPattern::Syntax::RegularExpression;
        addWords(tr("named"));
        auto *patterns =
            addLine(u"patterns"_s, tr("Patterns"),
                    isExpression ? names.patterns.first().text() : listOf(names.patterns));
        patterns->setPlaceholderText(tr("pr-*, nightly-*"));
        auto *expression = add(new QCheckBox(tr("regular expression")), u"isExpression"_s,
                               tr("Regular expression"));
        expression->setChecked(isExpression);
        const bool isMixed = names.patterns.size() > 1
                             && std::any_of(names.patterns.begin(), names.patterns.end(),
                                            [](const TagPattern &pattern) {
                                                return pattern.syntax() != TagPattern::Syntax::Glob;
                                            });
        // Of a file. One line cannot say it, and anything that is typed would mean something else.
        patterns->setReadOnly(isMixed);
        expression->setEnabled(!isMixed);
        connect(expression, &QCheckBox::toggled, &editor, &ConditionEditor::changed);
        return [patterns, expression]() -> CleanupCondition {
            const QString text = patterns->text();
            if (!expression->isChecked())
                return NameCondition{globsOf(text)};
            return NameCondition{{TagPattern(text, TagPattern::Syntax::RegularExpression)}};
        };
    }

    Read operator()(const NewestCondition &newest) const
    {
        addWords(tr("among the newest"));
        auto *count = addNumber(u"count"_s, tr("How many images"), newest.count, 1'000'000);
        count->setMinimum(1);
        addWords(tr("by"));
        using Order = NewestCondition::Order;
        auto *order = addChoice(u"order"_s, tr("What makes an image newer"), newest.order,
                                {Order::Date, Order::Version, Order::Name});
        auto *line = addChoice(
            u"line"_s, tr("Which tags are counted together"), newest.line,
            {TagLine::Repository, TagLine::MajorVersion, TagLine::MinorVersion, TagLine::Prefix});
        return [count, order, line]() -> CleanupCondition {
            return NewestCondition{count->value(), static_cast<Order>(order->currentData().toInt()),
                                   static_cast<TagLine>(line->currentData().toInt())};
        };
    }

    Read operator()(const AgeCondition &age) const
    {
        auto *side = add(new QComboBox, u"side"_s, tr("Older or newer"));
        side->addItems({tr("not older than"), tr("older than")});
        side->setCurrentIndex(age.side == AgeCondition::Side::Older ? 1 : 0);
        connect(side, &QComboBox::currentIndexChanged, &editor, &ConditionEditor::changed);
        auto *days = addNumber(u"days"_s, tr("Days"), age.days, 36'500);
        addWords(tr("days"));
        return [side, days]() -> CleanupCondition {
            return AgeCondition{side->currentIndex() == 1 ? AgeCondition::Side::Older
                                                          : AgeCondition::Side::Newer,
                                days->value()};
        };
    }

    Read operator()(const PlatformCondition &wanted) const
    {
        addWords(tr("for the platform"));
        auto *platform = addLine(u"platform"_s, tr("Platform"), wanted.platform);
        platform->setPlaceholderText(u"linux/arm64"_s);
        return [platform]() -> CleanupCondition {
            return PlatformCondition{platform->text().trimmed()};
        };
    }

    Read operator()(const LabelCondition &label) const
    {
        addWords(tr("with the label"));
        auto *name = addLine(u"label"_s, tr("Name of the label"), label.name);
        addWords(u"="_s);
        auto *value = addLine(u"labelValue"_s, tr("Value of the label"),
                              label.value ? label.value->text() : QString());
        value->setPlaceholderText(tr("any value"));
        const auto syntax = label.value ? label.value->syntax() : TagPattern::Syntax::Glob;
        return [name, value, syntax]() -> CleanupCondition {
            LabelCondition result{name->text().trimmed()};
            if (!value->text().isEmpty())
                result.value = TagPattern(value->text(), syntax);
            return result;
        };
    }

    Read operator()(const SizeCondition &size) const
    {
        constexpr qint64 mebibyte = 1024 * 1024;
        constexpr int largestSize = 100'000'000;
        addWords(tr("larger than"));
        auto *field = addNumber(u"size"_s, tr("Size in mebibytes"),
                                static_cast<int>(qMin<qint64>(size.bytes / mebibyte, largestSize)),
                                largestSize);
        addWords(tr("MiB"));
        const qint64 rest = size.bytes % mebibyte; // Of a file of rules; not to be lost.
        return [field, rest]() -> CleanupCondition {
            return SizeCondition{field->value() * mebibyte + rest};
        };
    }

    Read operator()(const ReplacedCondition &replaced) const
    {
        addWords(tr("replaced by a newer one"));
        auto *line = addChoice(u"line"_s, tr("Which tags are compared"), replaced.line,
                               {TagLine::MajorVersion, TagLine::MinorVersion, TagLine::Prefix});
        return [line]() -> CleanupCondition {
            return ReplacedCondition{static_cast<TagLine>(line->currentData().toInt())};
        };
    }

    Read operator()(const InUseCondition &inUse) const
    {
        addWords(tr("in use by the list"));
        auto *file =
            new FileField(u"inUseFile"_s, tr("List of Images in Use"), tr("All files (*)"));
        file->setPath(inUse.file);
        add(file, u"inUse"_s, tr("List of images in use"));
        connect(file, &FileField::changed, &editor, &ConditionEditor::changed);
        return [file]() -> CleanupCondition { return InUseCondition{file->path()}; };
    }

    Read operator()(const EverythingElse &other) const
    {
        addWords(tr("everything that no rule protects or keeps"));
        return [other]() -> CleanupCondition { return other; };
    }

    template <typename Field>
    Field *add(Field *field, const QString &name, const QString &accessibleName) const
    {
        field->setObjectName(name);
        field->setAccessibleName(accessibleName);
        editor.m_fields->addWidget(field);
        return field;
    }

    void addWords(const QString &words) const
    {
        auto *label = new QLabel(words);
        label->setTextFormat(Qt::PlainText);
        editor.m_fields->addWidget(label);
    }

    QLineEdit *addLine(const QString &name, const QString &accessibleName,
                       const QString &text) const
    {
        auto *line = add(new QLineEdit(text), name, accessibleName);
        line->setCursorPosition(0);
        line->setMinimumWidth(line->fontMetrics().averageCharWidth() * 18);
        editor.m_fields->setStretchFactor(line, 1);
        connect(line, &QLineEdit::textChanged, &editor, &ConditionEditor::changed);
        return line;
    }

    QSpinBox *addNumber(const QString &name, const QString &accessibleName, int value,
                        int largest) const
    {
        auto *number = add(new QSpinBox, name, accessibleName);
        number->setRange(0, largest);
        number->setValue(value);
        connect(number, &QSpinBox::valueChanged, &editor, &ConditionEditor::changed);
        return number;
    }

    template <typename Value>
    QComboBox *addChoice(const QString &name, const QString &accessibleName, Value chosen,
                         const QList<Value> &values) const
    {
        auto *choice = add(new QComboBox, name, accessibleName);
        for (const Value value : values)
            choice->addItem(describe(value), static_cast<int>(value));
        choice->setCurrentIndex(choice->findData(static_cast<int>(chosen)));
        connect(choice, &QComboBox::currentIndexChanged, &editor, &ConditionEditor::changed);
        return choice;
    }
};

ConditionEditor::ConditionEditor(const CleanupCondition &condition, QWidget *parent)
    : QWidget(parent)
    , m_condition(condition)
    , m_fields(new QHBoxLayout)
    , m_fault(plainLabel(u"conditionFault"_s))
{
    QPalette colours = m_fault->palette();
    colours.setColor(QPalette::WindowText, warningColour());
    m_fault->setPalette(colours);
    m_fault->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(m_fields);
    layout->addWidget(m_fault);
    m_read = std::visit(Build{*this}, condition);
    connect(this, &ConditionEditor::changed, this, [this] { m_isChanged = true; });
    m_fields->addStretch();
}

void ConditionEditor::showFault(const std::optional<PatternFault> &fault)
{
    if (fault)
        m_fault->setText(fault->position > 0
                             ? tr("Character %1: %2").arg(fault->position + 1).arg(fault->message)
                             : fault->message);
    m_fault->setVisible(fault.has_value());
}

} // namespace Longshore::Ui
