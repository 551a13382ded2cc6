namespace MiSarTracker.Mail.Trust;

internal enum MailPhase
{
    Connecting,
    SigningIn,
    Talking,
}
