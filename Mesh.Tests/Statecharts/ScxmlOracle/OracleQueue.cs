namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>The queue of the W3C algorithm.</summary>
internal sealed class OracleQueue
{
    private readonly List<string> _items = [];

    public bool IsEmpty => _items.Count == 0;

    public void Enqueue(string name) => _items.Add(name);

    public string Dequeue()
    {
        var first = _items[0];
        _items.RemoveAt(0);
        return first;
    }
}
