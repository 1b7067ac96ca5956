namespace Mesh.Statecharts.Definition;

/// <summary>Which of the two classic meanings a chart has. Values are wire values.</summary>
public enum Profile : byte
{
    /// <summary>Samek, miros, QP: effects run before exits, transitions are local, declared inits drill down.</summary>
    Samek = 0,

    /// <summary>The W3C algorithm: exit, effect, entry; regions, history, final states, eventless transitions, an
    /// internal queue.</summary>
    Scxml = 1,
}
