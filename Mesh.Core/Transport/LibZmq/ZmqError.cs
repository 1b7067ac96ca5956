namespace Mesh.Core.Transport.LibZmq;

/// <summary>Error numbers that libzmq hands on from the system, which differ between Linux and macOS.</summary>
internal static class ZmqError
{
    /// <summary>EPERM.</summary>
    public const int NotPermitted = 1;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EACCES.</summary>
    public const int AccessDenied = 13;

    /// <summary>ENODEV.</summary>
    public const int NoSuchDevice = 19;

    /// <summary>EAGAIN.</summary>
    public static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>EADDRINUSE.</summary>
    public static readonly int AddressInUse = OperatingSystem.IsMacOS() ? 48 : 98;

    /// <summary>EADDRNOTAVAIL.</summary>
    public static readonly int AddressNotAvailable = OperatingSystem.IsMacOS() ? 49 : 99;

    /// <summary>EAFNOSUPPORT.</summary>
    public static readonly int FamilyNotSupported = OperatingSystem.IsMacOS() ? 47 : 97;

    /// <summary>EHOSTUNREACH.</summary>
    public static readonly int HostUnreachable = OperatingSystem.IsMacOS() ? 65 : 113;
}
