using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>What an event carries: one value, or values by names.</summary>
internal sealed class EventData
{
    /// <summary>The whole of it, when it is one value.</summary>
    public ValueSource? Content { get; init; }

    /// <summary>The values by their names.</summary>
    public IReadOnlyList<KeyValuePair<string, CodeText>> Members { get; init; } = [];

    /// <summary>The expressions in it.</summary>
    public IEnumerable<CodeText> Code => Members.Select(member => member.Value).Concat(Content?.Code ?? []);

    /// <summary>The payload of the event; nothing when it carries nothing.</summary>
    /// <param name="memory">The data.</param>
    /// <param name="isLenient">Whether a member that cannot be evaluated is left away, with an error, and not the
    /// whole.</param>
    /// <exception cref="DataException">It cannot be evaluated.</exception>
    public object? Evaluate(ScxmlMemory memory, bool isLenient)
    {
        if (Content is not null)
        {
            return Content.Evaluate(memory);
        }

        if (Members.Count == 0)
        {
            return null;
        }

        var members = new List<KeyValuePair<string, DataValue>>();
        foreach (var (name, code) in Members)
        {
            try
            {
                members.Add(KeyValuePair.Create(name, code.Expression.Evaluate(memory)));
            }
            catch (DataException fault) when (isLenient)
            {
                memory.RaiseError(ScxmlSignals.ErrorExecution, fault.Message, null);
            }
        }

        return DataValue.Of(members);
    }
}
