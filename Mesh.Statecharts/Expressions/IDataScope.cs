namespace Mesh.Statecharts.Expressions;

/// <summary>What an expression can see.</summary>
internal interface IDataScope
{
    /// <summary>The value of a variable; false when there is none of this name.</summary>
    bool TryRead(string name, out DataValue value);

    /// <summary>Whether a state is active.</summary>
    bool IsIn(string state);

    /// <summary>Gives a variable its value.</summary>
    /// <exception cref="DataException">There is no such variable, or it is a system variable.</exception>
    void Write(string name, DataValue value);
}
