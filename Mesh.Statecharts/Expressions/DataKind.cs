namespace Mesh.Statecharts.Expressions;

/// <summary>What sort of value a <see cref="DataValue"/> is; the sorts of JSON.</summary>
public enum DataKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A finite number of double precision.</summary>
    Number,

    /// <summary>Characters.</summary>
    Text,

    /// <summary>Values by their place.</summary>
    Array,

    /// <summary>Values by their names.</summary>
    Record,
}
