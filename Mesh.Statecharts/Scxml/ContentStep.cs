using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>One element of executable content.</summary>
internal abstract class ContentStep(TextPosition position)
{
    /// <summary>Where it stands.</summary>
    public TextPosition Position => position;

    /// <summary>Its expressions, without those of the steps in it.</summary>
    public virtual IEnumerable<CodeText> Code => [];

    /// <summary>The steps in it.</summary>
    public virtual IEnumerable<ContentStep> Inner => [];

    /// <summary>The variables that it makes.</summary>
    public virtual IEnumerable<string> Variables => [];

    /// <summary>Runs it.</summary>
    /// <exception cref="DataException">It cannot be run.</exception>
    /// <exception cref="SendException">It is a send that cannot be made.</exception>
    public abstract void Run(ScxmlMemory memory);
}
