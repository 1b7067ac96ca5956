namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>How far a handshake has come when the input arrives, and what the input is.</summary>
internal enum HandshakeStage : byte
{
    /// <summary>Nothing was said: a message at the door.</summary>
    Listening,

    /// <summary>Init was taken: a message at the responder.</summary>
    Answered,

    /// <summary>The same: the hello inside Fin.</summary>
    AnsweredHello,

    /// <summary>The same: the hello inside Fin, signed.</summary>
    AnsweredSigned,

    /// <summary>Fin was taken: a message at the responder.</summary>
    Finished,

    /// <summary>The same: the first word inside a Sealed.</summary>
    FinishedWord,

    /// <summary>Init was sent: a message at the initiator.</summary>
    Dialling,

    /// <summary>The same: the hello inside Resp.</summary>
    DiallingHello,

    /// <summary>The same: the hello inside Resp, signed.</summary>
    DiallingSigned,

    /// <summary>Fin was sent: a message at the initiator.</summary>
    Dialled,

    /// <summary>The same: the first word inside a Sealed.</summary>
    DialledWord,

    /// <summary>Both have said WELCOME: a message at the responder.</summary>
    Open,
}
