using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary><c>&lt;cancel&gt;</c>: ends delayed sends by their id.</summary>
internal sealed class CancelStep(TextPosition position, ValueSource sendId) : ContentStep(position)
{
    /// <inheritdoc/>
    public override IEnumerable<CodeText> Code => sendId.Code;

    /// <inheritdoc/>
    public override void Run(ScxmlMemory memory)
    {
        var id = sendId.Evaluate(memory);
        if (id.Kind != DataKind.Text)
        {
            throw new DataException($"the id of a send is a text, not {Operators.Describe(id)}");
        }

        memory.Chart.CancelSend(id.Text);
    }
}
