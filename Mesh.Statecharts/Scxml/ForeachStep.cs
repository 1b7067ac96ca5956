using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;foreach&gt;</c>: over the array as it was when it began.</summary>
internal sealed class ForeachStep(TextPosition position, CodeText array, ContentBlock block) : ContentStep(position)
{
    /// <summary>The variable that gets the value.</summary>
    public required string Item { get; init; }

    /// <summary>The variable that gets the place, if any.</summary>
    public string? Index { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<CodeText> Code => [array];

    /// <inheritdoc/>
    public override IEnumerable<ContentStep> Inner => block.Steps;

    /// <inheritdoc/>
    public override IEnumerable<string> Variables => Index is null ? [Item] : [Item, Index];

    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        var values = array.Expression.Evaluate(memory);
        if (values.Kind != DataKind.Array)
        {
            throw new DataException($"foreach goes over an array, not {Operators.Describe(values)}");
        }

        // The variables are made even when there is nothing to go over, and keep what they have.
        foreach (var name in Variables)
        {
            memory.DeclareIfNew(name);
        }

        for (var place = 0; place < values.Items.Count; place++)
        {
            memory.CountElement();
            memory.Declare(Item, values.Items[place]);
            if (Index is not null)
            {
                memory.Declare(Index, DataValue.Of(place));
            }

            block.Run(memory);
        }
    }
}
