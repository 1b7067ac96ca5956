namespace Mesh.Bench.Processes;

/// <summary>What a child process is.</summary>
internal interface IChildRole : IDisposable
{
    /// <summary>Does what the parent asks for.</summary>
    /// <param name="line">A word, and what belongs to it.</param>
    /// <returns>One line.</returns>
    string Answer(string line);
}
