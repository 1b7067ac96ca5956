namespace Mesh.Core.Transport.Memory;

/// <summary>Small lists of topics; a reader asks for a handful.</summary>
internal static class MemoryTopics
{
    /// <summary>Whether a topic is in the list.</summary>
    public static bool Contains(List<byte[]> topics, ReadOnlySpan<byte> topic) => IndexOf(topics, topic) >= 0;

    /// <summary>Takes one entry out.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Remove(List<byte[]> topics, ReadOnlySpan<byte> topic)
    {
        var index = IndexOf(topics, topic);
        if (index >= 0)
        {
            topics.RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Whether a message's topic begins with one of the list.</summary>
    public static bool Match(List<byte[]> topics, ReadOnlySpan<byte> topic)
    {
        foreach (var wanted in topics)
        {
            if (topic.StartsWith(wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static int IndexOf(List<byte[]> topics, ReadOnlySpan<byte> topic)
    {
        for (var index = 0; index < topics.Count; index++)
        {
            if (topic.SequenceEqual(topics[index]))
            {
                return index;
            }
        }

        return -1;
    }
}
