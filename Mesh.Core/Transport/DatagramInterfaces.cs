namespace Mesh.Core.Transport;

/// <summary>What providers of datagrams do with their lists of interfaces.</summary>
internal static class DatagramInterfaces
{
    /// <summary>Marks each entry of an interface down, after nothing could be sent on it.</summary>
    public static void MarkDown(DatagramInterface[] interfaces, DatagramInterface down)
    {
        for (var index = 0; index < interfaces.Length; index++)
        {
            if (interfaces[index].Index == down.Index && Equals(interfaces[index].Address, down.Address))
            {
                interfaces[index] = interfaces[index] with { IsUp = false };
            }
        }
    }
}
