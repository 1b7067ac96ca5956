namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;if&gt;</c>: the first branch whose condition holds.</summary>
internal sealed class IfStep(
    TextPosition position,
    IReadOnlyList<(CodeText? Condition, ContentBlock Block)> branches) : ContentStep(position)
{
    /// <inheritdoc/>
    public override IEnumerable<CodeText> Code => branches.Select(branch => branch.Condition).OfType<CodeText>();

    /// <inheritdoc/>
    public override IEnumerable<ContentStep> Inner => branches.SelectMany(branch => branch.Block.Steps);

    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        foreach (var (condition, block) in branches)
        {
            if (condition is null || condition.Expression.Evaluate(memory).IsTrue)
            {
                block.Run(memory);
                return;
            }
        }
    }
}
