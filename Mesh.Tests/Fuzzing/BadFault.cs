namespace Mesh.Tests.Fuzzing;

/// <summary>What can be bad about a parser.</summary>
internal enum BadFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It believes a length and reads past the end.</summary>
    Throws,

    /// <summary>It believes a length and makes room for it.</summary>
    Allocates,

    /// <summary>It believes a length and works for as long.</summary>
    Spins,

    /// <summary>It is not what it promised to be afterwards.</summary>
    Lies,
}
