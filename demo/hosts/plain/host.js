// The session asks for a token when it connects, and again whenever the one it has runs out.
document.querySelector('parlour-session').getToken = async () => {
  const answer = await fetch('/parlour-token', { method: 'POST' });
  if (!answer.ok) throw new Error(`The host answered ${answer.status}`);
  return answer.text();
};

const inbox = document.querySelector('parlour-inbox');
const conversation = document.querySelector('parlour-conversation');

document.addEventListener('parlour-select', ({ conversationId }) => {
  conversation.conversationId = conversationId;
});

document.addEventListener('parlour-back', () => {
  conversation.conversationId = null;
  inbox.conversationId = null;
});
