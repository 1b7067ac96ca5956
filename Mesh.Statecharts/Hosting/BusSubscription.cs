namespace Mesh.Statecharts.Hosting;

/// <summary>One subscriber of one signal, and where in its queue the events go.</summary>
internal readonly record struct BusSubscription(IBusSubscriber Subscriber, QueueType Queue);
