namespace Mesh.Tests.Core.Hostile;

/// <summary>A limit, and how to break it.</summary>
/// <param name="Limit">What is limited.</param>
/// <param name="Constant">The limit in the code.</param>
/// <param name="Promised">The limit in the documents.</param>
/// <param name="Counter">What shows in the status that it was broken.</param>
/// <param name="Fill">Goes up to the limit, and gives what goes beyond it.</param>
internal sealed record BrokenLimit(
    string Limit, long Constant, long Promised, string Counter, Func<LimitLab, Action> Fill)
{
    public override string ToString() => $"{Limit}, {Promised}";
}
