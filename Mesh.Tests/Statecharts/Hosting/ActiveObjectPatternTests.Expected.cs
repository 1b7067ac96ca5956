namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>The long expectations of the pattern cases, as miros printed them.</summary>
public sealed partial class ActiveObjectPatternTests
{
    private const string TazorSpy = """
        START
        SEARCH_FOR_SUPER_SIGNAL:arming
        SEARCH_FOR_SUPER_SIGNAL:tazor_operating
        ENTRY_SIGNAL:tazor_operating
        ENTRY_SIGNAL:arming
        INIT_SIGNAL:arming
        <- Queued:(0) Deferred:(0)
        BATTERY_CHARGE:arming
        SEARCH_FOR_SUPER_SIGNAL:armed
        ENTRY_SIGNAL:armed
        POST_DEFERRED:CAPACITOR_CHARGE
        INIT_SIGNAL:armed
        <- Queued:(0) Deferred:(1)
        BATTERY_CHARGE:armed
        BATTERY_CHARGE:arming
        EXIT_SIGNAL:armed
        SEARCH_FOR_SUPER_SIGNAL:armed
        ENTRY_SIGNAL:armed
        POST_DEFERRED:CAPACITOR_CHARGE
        INIT_SIGNAL:armed
        <- Queued:(0) Deferred:(2)
        BATTERY_CHARGE:armed
        BATTERY_CHARGE:arming
        EXIT_SIGNAL:armed
        SEARCH_FOR_SUPER_SIGNAL:armed
        ENTRY_SIGNAL:armed
        POST_DEFERRED:CAPACITOR_CHARGE
        INIT_SIGNAL:armed
        <- Queued:(0) Deferred:(3)
        TRIGGER_PULLED:armed
        TRIGGER_PULLED:arming
        TRIGGER_PULLED:tazor_operating
        RECALL:CAPACITOR_CHARGE
        POST_FIFO:CAPACITOR_CHARGE
        TRIGGER_PULLED:tazor_operating:HOOK
        <- Queued:(1) Deferred:(2)
        CAPACITOR_CHARGE:armed
        CAPACITOR_CHARGE:arming
        CAPACITOR_CHARGE:tazor_operating
        EXIT_SIGNAL:armed
        EXIT_SIGNAL:arming
        EXIT_SIGNAL:tazor_operating
        ENTRY_SIGNAL:tazor_operating
        RECALL:CAPACITOR_CHARGE
        POST_FIFO:CAPACITOR_CHARGE
        INIT_SIGNAL:tazor_operating
        <- Queued:(1) Deferred:(1)
        CAPACITOR_CHARGE:tazor_operating
        EXIT_SIGNAL:tazor_operating
        ENTRY_SIGNAL:tazor_operating
        RECALL:CAPACITOR_CHARGE
        POST_FIFO:CAPACITOR_CHARGE
        INIT_SIGNAL:tazor_operating
        <- Queued:(1) Deferred:(0)
        CAPACITOR_CHARGE:tazor_operating
        EXIT_SIGNAL:tazor_operating
        ENTRY_SIGNAL:tazor_operating
        INIT_SIGNAL:tazor_operating
        <- Queued:(0) Deferred:(0)
        """;

    private const string OvenSpy = """
        START
        SEARCH_FOR_SUPER_SIGNAL:door_closed
        ENTRY_SIGNAL:door_closed
        INIT_SIGNAL:door_closed
        SEARCH_FOR_SUPER_SIGNAL:off
        ENTRY_SIGNAL:off
        INIT_SIGNAL:off
        <- Queued:(0) Deferred:(0)
        TOAST:off
        TOAST:door_closed
        EXIT_SIGNAL:off
        SEARCH_FOR_SUPER_SIGNAL:off
        SEARCH_FOR_SUPER_SIGNAL:toasting
        SEARCH_FOR_SUPER_SIGNAL:door_closed
        SEARCH_FOR_SUPER_SIGNAL:heating
        ENTRY_SIGNAL:heating
        ENTRY_SIGNAL:toasting
        INIT_SIGNAL:toasting
        <- Queued:(0) Deferred:(0)
        OPEN:toasting
        OPEN:heating
        OPEN:door_closed
        EXIT_SIGNAL:toasting
        SEARCH_FOR_SUPER_SIGNAL:toasting
        EXIT_SIGNAL:heating
        SEARCH_FOR_SUPER_SIGNAL:heating
        SEARCH_FOR_SUPER_SIGNAL:door_open
        SEARCH_FOR_SUPER_SIGNAL:door_closed
        EXIT_SIGNAL:door_closed
        ENTRY_SIGNAL:door_open
        INIT_SIGNAL:door_open
        <- Queued:(0) Deferred:(0)
        CLOSE:door_open
        SEARCH_FOR_SUPER_SIGNAL:toasting
        SEARCH_FOR_SUPER_SIGNAL:door_open
        SEARCH_FOR_SUPER_SIGNAL:heating
        SEARCH_FOR_SUPER_SIGNAL:door_closed
        EXIT_SIGNAL:door_open
        ENTRY_SIGNAL:door_closed
        ENTRY_SIGNAL:heating
        ENTRY_SIGNAL:toasting
        INIT_SIGNAL:toasting
        <- Queued:(0) Deferred:(0)
        OFF:toasting
        OFF:heating
        OFF:door_closed
        EXIT_SIGNAL:toasting
        SEARCH_FOR_SUPER_SIGNAL:toasting
        EXIT_SIGNAL:heating
        SEARCH_FOR_SUPER_SIGNAL:heating
        SEARCH_FOR_SUPER_SIGNAL:off
        ENTRY_SIGNAL:off
        INIT_SIGNAL:off
        <- Queued:(0) Deferred:(0)
        OPEN:off
        OPEN:door_closed
        EXIT_SIGNAL:off
        SEARCH_FOR_SUPER_SIGNAL:off
        SEARCH_FOR_SUPER_SIGNAL:door_open
        SEARCH_FOR_SUPER_SIGNAL:door_closed
        EXIT_SIGNAL:door_closed
        ENTRY_SIGNAL:door_open
        INIT_SIGNAL:door_open
        <- Queued:(0) Deferred:(0)
        CLOSE:door_open
        SEARCH_FOR_SUPER_SIGNAL:off
        SEARCH_FOR_SUPER_SIGNAL:door_open
        SEARCH_FOR_SUPER_SIGNAL:door_closed
        EXIT_SIGNAL:door_open
        ENTRY_SIGNAL:door_closed
        ENTRY_SIGNAL:off
        INIT_SIGNAL:off
        <- Queued:(0) Deferred:(0)
        """;

    private const string LiveText = """
        T '[<ts>] [lv] e->start_at() top->s1\n'
        S START
        S SEARCH_FOR_SUPER_SIGNAL:s1
        S ENTRY_SIGNAL:s1
        S INIT_SIGNAL:s1
        S <- Queued:(0) Deferred:(0)
        T '\n[<ts>] [lv] e->A() s1->s2\n'
        S A:s1
        S SEARCH_FOR_SUPER_SIGNAL:s2
        S SEARCH_FOR_SUPER_SIGNAL:s1
        S EXIT_SIGNAL:s1
        S ENTRY_SIGNAL:s2
        S INIT_SIGNAL:s2
        S <- Queued:(0) Deferred:(0)
        S Hk:s2
        S <- Queued:(0) Deferred:(0)
        T '\n[<ts>] [lv] e->A() s2->s1\n'
        S A:s2
        S SEARCH_FOR_SUPER_SIGNAL:s1
        S SEARCH_FOR_SUPER_SIGNAL:s2
        S EXIT_SIGNAL:s2
        S ENTRY_SIGNAL:s1
        S INIT_SIGNAL:s1
        S <- Queued:(0) Deferred:(0)
        S Hk:s1
        S Hk:s1:HOOK
        S <- Queued:(0) Deferred:(0)
        S Zz:s1
        S <- Queued:(0) Deferred:(0)
        """;
}
