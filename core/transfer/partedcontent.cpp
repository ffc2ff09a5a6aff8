// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/partedcontent.h"

namespace Longshore {

class PartedContent::Part final : public ByteSource
{
public:
    Part(std::shared_ptr<PartedContent> content, qint64 offset, qint64 size)
        : m_content(std::move(content)), m_offset(offset), m_size(size)
    {}

    [[nodiscard]] qint64 size() const override { return m_size; }
    Result<Done> begin() override { return m_content->seek(m_offset); }
    Result<qint64> read(char *data, qint64 maximum) override
    {
        return m_content->read(data, maximum);
    }

private:
    const std::shared_ptr<PartedContent> m_content;
    const qint64 m_offset;
    const qint64 m_size;
};

std::shared_ptr<ByteSource> PartedContent::part(qint64 offset, qint64 size)
{
    return std::make_shared<Part>(shared_from_this(), offset, size);
}

} // namespace Longshore
