using Mesh.Statecharts.Expressions;

namespace Mesh.Tests.Statecharts.Expressions;

/// <summary>Variables by their names, and the states that are active.</summary>
internal sealed class TestScope(params string[] active) : IDataScope
{
    public Dictionary<string, DataValue> Values { get; } = new(StringComparer.Ordinal);

    public bool TryRead(string name, out DataValue value) => Values.TryGetValue(name, out value);

    public bool IsIn(string state) => active.Contains(state);

    public void Write(string name, DataValue value) => Values[name] = value;
}
