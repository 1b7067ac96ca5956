namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;log&gt;</c> and <c>&lt;mesh:scribble&gt;</c>: a line in the spy.</summary>
internal sealed class LogStep(TextPosition position, string? label, CodeText? value) : ContentStep(position)
{
    /// <inheritdoc/>
    public override IEnumerable<CodeText> Code => value is null ? [] : [value];

    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        var text = value?.Expression.Evaluate(memory).ToString();
        memory.Chart.Scribble((label, text) switch
        {
            (null, _) => text ?? "",
            (_, null) => label,
            _ => $"{label}: {text}",
        });
    }
}
