namespace Mesh.Statecharts.Hosting;

/// <summary>Who gets published events.</summary>
internal interface IBusSubscriber
{
    /// <summary>Puts a published event in the subscriber's queue. Any thread; runs no handler.</summary>
    /// <returns><see langword="false"/> when it was refused; the subscriber counts it.</returns>
    bool Deliver(Event published, QueueType queue, int priority);
}
