using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>A value that a file gives: by an expression, or as it stands there.</summary>
internal sealed class ValueSource
{
    private readonly CodeText? _code;
    private readonly DataValue _constant;

    /// <summary>The value of an expression.</summary>
    public ValueSource(CodeText code) => _code = code;

    /// <summary>A value that stands in the file.</summary>
    public ValueSource(DataValue constant) => _constant = constant;

    /// <summary>The expression, if it is one.</summary>
    public IEnumerable<CodeText> Code => _code is null ? [] : [_code];

    /// <summary>The value.</summary>
    /// <exception cref="DataException">It cannot be evaluated.</exception>
    public DataValue Evaluate(ScxmlMemory memory) => _code?.Expression.Evaluate(memory) ?? _constant;
}
