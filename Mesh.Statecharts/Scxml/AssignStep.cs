using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;assign&gt;</c>.</summary>
internal sealed class AssignStep(TextPosition position, CodeText location, ValueSource value) : ContentStep(position)
{
    /// <inheritdoc/>
    public override IEnumerable<CodeText> Code => value.Code.Prepend(location);

    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory) =>
        Location.Assign(location.Expression, value.Evaluate(memory), memory);
}
