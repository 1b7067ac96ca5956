namespace Mesh.Core.Wire.Records;

/// <summary>What a number outside the definition stands for (docs/wire-format.md §8).</summary>
internal enum NameKind : byte
{
    Signal = 0,
    State = 1,
}
