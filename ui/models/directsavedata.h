// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMimeData>

#include <functional>
#include <optional>

namespace Longshore::Ui {

/// What is dragged to where it shall become a file whose bytes come after the drop: the "direct save" of
/// X11 (XDS, `XdndDirectSave0`). Whoever takes the drop says in a property which file it wants, and then
/// asks for the data; the answer is only that the file will come.
class DirectSaveData final : public QMimeData
{
    Q_OBJECT

public:
    /// Of the property, at the moment; anybody on the display may have written it.
    using ReadProperty = std::function<QByteArray()>;

    /// Offers no direct save without \a readProperty.
    explicit DirectSaveData(ReadProperty readProperty) : m_readProperty(std::move(readProperty)) {}

    [[nodiscard]] QStringList formats() const override;
    /// The file that such a property names: on this machine, new or not, in a folder that can be written.
    [[nodiscard]] static std::optional<QString> pathFrom(const QByteArray &property);

signals:
    /// The file that was asked for; once. Whoever asked still waits for an answer: connect queued.
    void placeChosen(const QString &path) const;

protected:
    [[nodiscard]] QVariant retrieveData(const QString &mimeType, QMetaType type) const override;

private:
    const ReadProperty m_readProperty;
    mutable bool m_isChosen = false;
};

} // namespace Longshore::Ui
